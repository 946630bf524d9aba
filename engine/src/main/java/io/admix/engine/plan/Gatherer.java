package io.admix.engine.plan;

import io.admix.core.select.Cut;
import io.admix.core.select.LowestFiles;
import io.admix.core.select.RankHistogram;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers what a {@link Question} asks for: counts of ranks, or the lowest files. */
final class Gatherer {
  private final @Nullable RankHistogram histogram;
  private final @Nullable LowestFiles lowest;

  private Gatherer(@Nullable RankHistogram histogram, @Nullable LowestFiles lowest) {
    this.histogram = histogram;
    this.lowest = lowest;
  }

  /**
   * What was gathered of one part, small enough to be sent: some bytes for each bucket, or the
   * files of a bucket.
   */
  record Packed(byte @Nullable [] counts, List<Cut> files) implements Serializable {}

  static Gatherer ofAllRanks() {
    return of(new RankHistogram());
  }

  static Gatherer of(RankHistogram histogram) {
    return new Gatherer(histogram, null);
  }

  static Gatherer of(LowestFiles lowest) {
    return new Gatherer(null, lowest);
  }

  void add(Candidate candidate) {
    if (histogram != null) {
      histogram.add(candidate.rank());
    } else {
      lowest()
          .visit(
              candidate.rank(), candidate.array(), candidate.pathOffset(), candidate.pathLength());
    }
  }

  Packed packed() {
    return histogram != null
        ? new Packed(histogram.packed(), List.of())
        : new Packed(null, lowest().sorted());
  }

  /** Adds what a gatherer of the same question has packed. */
  void merge(Packed part) {
    if (part.counts() != null) {
      histogram().mergePacked(part.counts());
    }
    for (Cut file : part.files()) {
      byte[] path = file.path();
      lowest().visit(file.rank(), path, 0, path.length);
    }
  }

  RankHistogram histogram() {
    return Objects.requireNonNull(histogram, "ranks were counted");
  }

  LowestFiles lowest() {
    return Objects.requireNonNull(lowest, "files were kept");
  }
}
