package io.admix.core.quota;

import java.util.List;
import java.util.OptionalInt;

/**
 * The quotas of a recipe against what its sources have.
 *
 * @param total files that the mix is asked for; under {@code max} the largest that keeps the ratio
 * @param quotas one per source, in recipe order; {@code requested} sums to {@code total}
 * @param binding the source that keeps a {@code max} mix from being larger; empty for other totals
 * @param shortages each source that is asked for more than it has, in recipe order
 * @param warnings what a person should know, a sentence each
 * @param verdict whether a mix may be made of it
 */
public record Allocation(
    long total,
    List<Quota> quotas,
    OptionalInt binding,
    List<Shortage> shortages,
    List<String> warnings,
    Verdict verdict) {

  /** Whether a mix may be made. */
  public enum Verdict {
    /**
     * Make it: the quotas are what each source gives, which the policy allows to be less than the
     * total.
     */
    FEASIBLE,
    /** Make nothing: a source is short, and the policy is to fail. */
    INFEASIBLE
  }

  public Allocation {
    quotas = List.copyOf(quotas);
    shortages = List.copyOf(shortages);
    warnings = List.copyOf(warnings);
  }

  /** Whether a mix may be made. */
  public boolean isFeasible() {
    return verdict == Verdict.FEASIBLE;
  }

  /** How many files the quotas give in all: the total, or less where sources are short. */
  public long files() {
    return quotas.stream().mapToLong(Quota::files).sum();
  }

  /** The quota of each source, in recipe order. */
  public long[] toArray() {
    return quotas.stream().mapToLong(Quota::files).toArray();
  }
}
