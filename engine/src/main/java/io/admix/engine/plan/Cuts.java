package io.admix.engine.plan;

import io.admix.core.select.Cut;
import io.admix.core.select.CutFinder;
import io.admix.core.select.RankHistogram;
import io.admix.core.select.RankStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The cut of each source for given quotas. Sources pick in recipe order: a file is taken when an
 * earlier source on the same dataset or folder matches it and does not stand after that source's
 * cut. No set of files is held; the spools are read again.
 */
final class Cuts implements Leaves {
  private final List<PlanSourceInfo> sources;
  private final List<Spool> spools;
  private final Cut[] cuts;
  private final long[] left;

  private Cuts(List<PlanSourceInfo> sources, List<Spool> spools) {
    this.sources = sources;
    this.spools = spools;
    this.cuts = new Cut[sources.size()];
    this.left = new long[sources.size()];
    Arrays.fill(cuts, Cut.NONE);
  }

  /**
   * Finds the cuts.
   *
   * @param quotas what each source is to give; it gives what it has when that is less
   */
  static Cuts find(List<PlanSourceInfo> sources, List<Spool> spools, long[] quotas)
      throws IOException {
    Cuts cuts = new Cuts(sources, spools);
    for (int i = 0; i < quotas.length; i++) {
      cuts.find(i, quotas[i]);
    }
    return cuts;
  }

  private void find(int source, long quota) throws IOException {
    Spool spool = spools.get(source);
    RankHistogram histogram = spool.histogram();
    if (sources.get(source).salt() > 1) {
      RankHistogram untaken = new RankHistogram();
      stream(source).forEach((rank, bytes, offset, length) -> untaken.add(rank));
      histogram = untaken;
    }
    left[source] = Math.min(spool.available(), histogram.total());
    cuts[source] = CutFinder.find(stream(source), histogram, Math.min(quota, left[source]));
  }

  /** The source's candidates that no earlier source takes. */
  private RankStream<IOException> stream(int source) {
    return visitor ->
        spools
            .get(source)
            .forEach(candidate -> {
              if (!isTakenBefore(source, candidate)) {
                visitor.visit(
                    candidate.rank(),
                    candidate.array(),
                    candidate.pathOffset(),
                    candidate.pathLength());
              }
            });
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
