package io.admix.engine.plan;

import io.admix.core.quota.Allocation;
import io.admix.core.quota.Quota;
import io.admix.core.quota.Quotas;
import io.admix.core.quota.StaticChecks;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds quotas that the sources can really give, and their cuts. Where sources overlap, what a
 * source has depends on what earlier ones take, and so on their quotas.
 *
 * <p><b>A fixed total.</b> What is asked of each source does not depend on what is left: one walk
 * in recipe order is exact. <b>redistribute.</b> What a source is found to have caps what it is
 * given next time; caps only fall, so the walks end. <b>max.</b> The larger the total, the less is
 * left. A total that fails with {@code left} gives by that same {@code left} one that works, and
 * one that works gives an upper bound: the largest is found between the two by halving.
 */
final class QuotaSolver {
  /**
   * Walks before the caps are taken as they are: they converge geometrically, and each walk reads
   * the spools.
   */
  private static final int WALKS_MAX = 64;

  private final Recipe recipe;
  private final Quotas quotas;
  private final List<PlanSourceInfo> sources;
  private final List<Spool> spools;
  private final long[] available;

  QuotaSolver(Recipe recipe, List<PlanSourceInfo> sources, List<Spool> spools) {
    this.recipe = recipe;
    this.quotas = Quotas.of(recipe);
    this.sources = sources;
    this.spools = spools;
    this.available = spools.stream().mapToLong(Spool::available).toArray();
  }

  /** Quotas and the cuts that give them. {@code left} is what each source could give. */
  record Solution(Allocation allocation, Cuts cuts) {}

  /**
   * The most that each source can ever be asked for: {@code Long.MAX_VALUE} where that is not known
   * before reading.
   */
  static long[] most(Recipe recipe) {
    long[] most = new long[recipe.sources().size()];
    if (recipe.total() instanceof Total.Max) {
      Arrays.setAll(
          most,
          i ->
              recipe.sources().get(i).share() instanceof Share.Count count
                  ? count.files()
                  : Long.MAX_VALUE);
      return most;
    }
    long[] plenty = new long[most.length];
    Arrays.fill(plenty, Long.MAX_VALUE / 4);
    Allocation asked = Quotas.of(recipe).allocate(plenty);
    boolean isShared = recipe.onShortage() == OnShortage.REDISTRIBUTE;
    Arrays.setAll(
        most,
        i ->
            isShared && !(recipe.sources().get(i).share() instanceof Share.Count)
                ? asked.total()
                : asked.quotas().get(i).requested());
    return most;
  }

  Solution solve() throws IOException {
    Allocation first = quotas.allocate(available);
    boolean isOverlap = sources.stream().anyMatch(source -> source.salt() > 1);
    if (!isOverlap) {
      return new Solution(first, find(first.toArray()));
    }
    if (recipe.total() instanceof Total.Max) {
      return largest(first);
    }
    return recipe.onShortage() == OnShortage.REDISTRIBUTE ? redistributed(first) : inOrder(first);
  }

  private Cuts find(long[] given) throws IOException {
    return Cuts.find(sources, spools, given);
  }

  private Solution inOrder(Allocation first) throws IOException {
    Cuts cuts = find(first.quotas().stream().mapToLong(Quota::requested).toArray());
    return new Solution(quotas.allocate(available, cuts.left()), cuts);
  }

  private Solution redistributed(Allocation first) throws IOException {
    long[] caps = available.clone();
    Allocation allocation = first;
    Cuts cuts = find(first.toArray());
    for (int walk = 0; walk < WALKS_MAX; walk++) {
      long[] left = cuts.left();
      Arrays.setAll(caps, i -> Math.min(caps[i], left[i]));
      Allocation next = quotas.allocate(available, caps);
      if (Arrays.equals(next.toArray(), allocation.toArray())) {
        return new Solution(next, cuts);
      }
      allocation = next;
      cuts = find(next.toArray());
    }
    // The cuts give what is left where a quota is above it: nothing is doubled, the total falls
    // short by little.
    long[] left = cuts.left();
    Arrays.setAll(caps, i -> Math.min(caps[i], left[i]));
    return new Solution(quotas.allocate(available, caps), cuts);
  }

  private Solution largest(Allocation first) throws IOException {
    Solution failed = new Solution(first, find(first.toArray()));
    long low = 0;
    long high = first.isFeasible() ? first.total() : 0;
    for (int walk = 0; walk < WALKS_MAX && low < high; walk++) {
      long candidate = walk == 0 ? high : low + (high - low + 1) / 2;
      if (!isPossible(candidate)) {
        low = candidate;
        continue;
      }
      Solution tried = at(candidate);
      long reachable = tried.allocation().total();
      if (reachable >= candidate) {
        low = candidate;
        high = Math.max(low, Math.min(high, reachable));
      } else {
        failed = tried;
        high = candidate - 1;
        low = tried.allocation().isFeasible() ? Math.max(low, Math.min(reachable, high)) : low;
      }
    }
    return low > 0 && isPossible(low) ? settled(low) : failed;
  }

  /** Whether counts and percents fit into a total. */
  private boolean isPossible(long total) {
    return StaticChecks.problem(
            new Total.Fixed(total), recipe.sources().stream().map(SourceSpec::share).toList())
        .isEmpty();
  }

  /** What the sources leave when the mix has {@code total} files, and the largest mix by that. */
  private Solution at(long total) throws IOException {
    Cuts cuts = find(requested(total));
    return new Solution(quotas.allocate(available, cuts.left()), cuts);
  }

  private Solution settled(long total) throws IOException {
    Solution found = at(total);
    Allocation asked = Quotas.of(withTotal(total)).allocate(available, found.cuts().left());
    Allocation named =
        new Allocation(
            total,
            asked.quotas(),
            found.allocation().binding(),
            asked.shortages(),
            asked.warnings(),
            asked.verdict());
    return new Solution(named, found.cuts());
  }

  private long[] requested(long total) {
    return Quotas.of(withTotal(total)).allocate(available).quotas().stream()
        .mapToLong(Quota::requested)
        .toArray();
  }

  private Recipe withTotal(long total) {
    return new Recipe(
        recipe.name(),
        recipe.seed(),
        new Total.Fixed(total),
        recipe.target(),
        recipe.layout(),
        recipe.link(),
        recipe.onShortage(),
        recipe.onError(),
        recipe.sources());
  }
}
