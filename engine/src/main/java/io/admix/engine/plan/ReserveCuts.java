package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import io.admix.core.select.Cut;
import io.admix.core.select.RankHistogram;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which files are held in reserve: the next ranks of each source that no source takes and no
 * earlier source holds in reserve.
 */
final class ReserveCuts implements Serializable {
  private final Cuts cuts;
  private final Cut[] last;

  private ReserveCuts(int sources, Cuts cuts) {
    this.cuts = cuts;
    this.last = new Cut[sources];
    Arrays.fill(last, Cut.NONE);
  }

  /**
   * @param quotas what each source gives
   */
  static ReserveCuts find(
      Recipe recipe, List<PlanSourceInfo> sources, Candidates candidates, Cuts cuts, long[] quotas)
      throws IOException {
    ReserveCuts reserves = new ReserveCuts(sources.size(), cuts);
    long[] wanted = Arrays.stream(quotas).map(quota -> Spools.reserves(recipe, quota)).toArray();
    if (Arrays.stream(wanted).anyMatch(files -> files > 0)) {
      new CutRounds(sources, candidates).find(wanted, reserves.new Free());
    }
    return reserves;
  }

  private final class Free implements CutRounds.Picking {
    @Override
    public boolean isAll(int source) {
      return false;
    }

    @Override
    public Question.Among among() {
      ReserveCuts known = ReserveCuts.this;
      return known::isFree;
    }

    @Override
    public void counted(int source, RankHistogram ranks) {}

    @Override
    public void found(int source, Cut cut) {
      last[source] = cut;
    }
  }

  private boolean isFree(int source, Candidate candidate) {
    return !cuts.takes(source, candidate)
        && !cuts.isTakenByOther(candidate)
        && !isReservedBefore(source, candidate);
  }

  private boolean isReservedBefore(int source, Candidate candidate) {
    for (int i = 0; i < candidate.others(); i++) {
      int other = candidate.otherSource(i);
      if (other < source && Cuts.takes(last[other], candidate.otherRank(i), candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the source holds the file, one of its candidates, in reserve. */
  boolean takes(int source, Candidate candidate) {
    return Cuts.takes(last[source], candidate.rank(), candidate) && isFree(source, candidate);
  }
}
