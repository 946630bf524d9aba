package io.admix.engine.plan;

import io.admix.core.select.CutFinder.Step;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is to be gathered from some candidates of one source. Parts of the candidates can be asked
 * apart, and what was gathered merged.
 *
 * @param among which of the candidates
 * @param step what to gather of them; null: all ranks
 */
record Question(int source, Among among, @Nullable Step step) implements Serializable {

  /** Tells which candidates of a source are meant. */
  interface Among extends Serializable {
    boolean holds(int source, Candidate candidate);
  }

  /** An empty gatherer. */
  Gatherer gatherer() {
    return switch (step) {
      case null -> Gatherer.ofAllRanks();
      case Step.Count count -> Gatherer.of(count.gatherer());
      case Step.Keep keep -> Gatherer.of(keep.gatherer());
      case Step.Done done -> throw new IllegalStateException("nothing is left to gather");
    };
  }

  /** Shows a candidate of the source to the gatherer, if it is meant. */
  void show(Candidate candidate, Gatherer gatherer) {
    if (among.holds(source, candidate)) {
      gatherer.add(candidate);
    }
  }

  /** The step after this one. */
  Step next(Gatherer gathered) {
    return switch (step) {
      case Step.Count count -> count.next(gathered.histogram());
      case Step.Keep keep -> keep.next(gathered.lowest());
      case null, default -> throw new IllegalStateException("no step was asked for");
    };
  }
}
