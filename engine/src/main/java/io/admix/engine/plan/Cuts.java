package io.admix.engine.plan;

import io.admix.core.select.Cut;
import io.admix.core.select.RankHistogram;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The cut of each source for given quotas. Sources pick in recipe order: a file is taken when an
 * earlier source on the same dataset or folder matches it and does not stand after that source's
 * cut. No set of files is held; the candidates are walked over again.
 */
final class Cuts implements Leaves, Serializable {
  private final Cut[] cuts;
  private final long[] left;

  private Cuts(int sources) {
    this.cuts = new Cut[sources];
    this.left = new long[sources];
    Arrays.fill(cuts, Cut.NONE);
  }

  /**
   * Finds the cuts.
   *
   * @param quotas what each source is to give; it gives what it has when that is less
   */
  static Cuts find(List<PlanSourceInfo> sources, Candidates candidates, long[] quotas)
      throws IOException {
    Cuts cuts = new Cuts(sources.size());
    new CutRounds(sources, candidates).find(quotas, cuts.new Untaken(sources, candidates));
    return cuts;
  }

  /** The candidates of each source that no earlier source takes. */
  private final class Untaken implements CutRounds.Picking {
    private final List<PlanSourceInfo> sources;
    private final Candidates candidates;

    Untaken(List<PlanSourceInfo> sources, Candidates candidates) {
      this.sources = sources;
      this.candidates = candidates;
    }

    @Override
    public boolean isAll(int source) {
      return sources.get(source).salt() == 1;
    }

    @Override
    public Question.Among among() {
      Cuts known = Cuts.this;
      return (source, candidate) -> !known.isTakenBefore(source, candidate);
    }

    @Override
    public void counted(int source, RankHistogram ranks) {
      left[source] = Math.min(candidates.available(source), ranks.total());
    }

    @Override
    public void found(int source, Cut cut) {
      cuts[source] = cut;
    }
  }

  /** Whether a source before this one takes the file. */
  boolean isTakenBefore(int source, Candidate candidate) {
    for (int i = 0; i < candidate.others(); i++) {
      int other = candidate.otherSource(i);
      if (other < source && takes(cuts[other], candidate.otherRank(i), candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any other source takes the file. */
  boolean isTakenByOther(Candidate candidate) {
    for (int i = 0; i < candidate.others(); i++) {
      if (takes(cuts[candidate.otherSource(i)], candidate.otherRank(i), candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this source takes the file, one of its candidates. */
  boolean takes(int source, Candidate candidate) {
    return takes(cuts[source], candidate.rank(), candidate) && !isTakenBefore(source, candidate);
  }

  static boolean takes(Cut cut, long rank, Candidate candidate) {
    return cut.takes(rank, candidate.array(), candidate.pathOffset(), candidate.pathLength());
  }

  /** Under these quotas. */
  @Override
  public long[] left() {
    return left.clone();
  }
}
