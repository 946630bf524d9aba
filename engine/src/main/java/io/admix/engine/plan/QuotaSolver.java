package io.admix.engine.plan;

import io.admix.core.quota.Allocation;
import io.admix.core.quota.Quota;
import io.admix.core.quota.Quotas;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Finds quotas that the sources can really give, and their cuts. Where sources overlap, what a
 * source has depends on what earlier ones take, and so on their quotas.
 *
 * <p>What the sources leave for given quotas is found by a {@link Walk}: exactly, by ranks, when a
 * plan is made; by what filters have in common in a preview. The rules are the same.
 *
 * <p><b>A fixed total.</b> What is asked of each source does not depend on what is left: one walk
 * in recipe order is exact. <b>redistribute.</b> {@link SharedLevel}. <b>max.</b> The larger the
 * total, the less is left. A total that fails with {@code left} gives by that same {@code left} one
 * that is worth trying, and one that works gives an upper bound: the largest is found between the
 * two by halving. Rounding can make a total fail and the next one work, so the next few are tried
 * too.
 */
final class QuotaSolver<L extends Leaves> {
  private static final int ROUNDING_MAX = 8;

  private final Recipe recipe;
  private final Quotas quotas;
  private final long[] available;
  private final boolean isOverlap;
  private final Walk<L> walk;

  /**
   * @param available files that match each source, before overlap
   * @param isOverlap whether two sources are on one dataset or folder
   */
  QuotaSolver(Recipe recipe, long[] available, boolean isOverlap, Walk<L> walk) {
    this.recipe = recipe;
    this.quotas = Quotas.of(recipe);
    this.available = available.clone();
    this.isOverlap = isOverlap;
    this.walk = walk;
  }

  /** Of a plan, over its candidates. */
  static QuotaSolver<Cuts> of(Recipe recipe, List<PlanSourceInfo> sources, Candidates candidates) {
    return new QuotaSolver<>(
        recipe,
        sources.stream().mapToLong(source -> candidates.available(source.index())).toArray(),
        sources.stream().anyMatch(source -> source.salt() > 1),
        asked -> Cuts.find(sources, candidates, asked));
  }

  /** Quotas and the walk that gives them, whose {@code left} is what each source could give. */
  record Solution<L extends Leaves>(Allocation allocation, L cuts) {}

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

  Solution<L> solve() throws IOException {
    Allocation first = quotas.allocate(available);
    if (!isOverlap) {
      return new Solution<>(first, find(first.toArray()));
    }
    if (recipe.total() instanceof Total.Max) {
      return largest(first);
    }
    return recipe.onShortage() == OnShortage.REDISTRIBUTE ? redistributed(first) : inOrder(first);
  }

  private L find(long[] given) throws IOException {
    return Objects.requireNonNull(walk.find(given));
  }

  private Solution<L> inOrder(Allocation first) throws IOException {
    L cuts = find(first.quotas().stream().mapToLong(Quota::requested).toArray());
    return new Solution<>(quotas.allocate(available, cuts.left()), cuts);
  }

  /**
   * What was asked for where everybody has it; else the level at which the files that are there
   * fill the total.
   */
  private Solution<L> redistributed(Allocation first) throws IOException {
    long[] asked = first.quotas().stream().mapToLong(Quota::requested).toArray();
    L cuts = find(asked);
    if (isWithin(asked, cuts.left())) {
      Allocation given = quotas.allocate(available, cuts.left());
      // A source whose share rounds to none and that has none still passes its share on.
      L passedOn = Arrays.equals(given.toArray(), asked) ? cuts : find(given.toArray());
      if (isWithin(given.toArray(), passedOn.left())) {
        return new Solution<>(given, passedOn);
      }
    }
    SharedLevel.Filled<L> filled =
        new SharedLevel(recipe, first.total(), available).fill(this::find);
    Allocation rounded = quotas.allocate(available, filled.caps(available));
    L byRemainder = find(rounded.toArray());
    boolean isGiven =
        rounded.files() == filled.files() && isWithin(rounded.toArray(), byRemainder.left());
    return isGiven
        ? new Solution<>(rounded, byRemainder)
        : new Solution<>(quotas.allocate(available, filled.given()), filled.cuts());
  }

  private static boolean isWithin(long[] files, long[] most) {
    return IntStream.range(0, files.length).allMatch(i -> files[i] <= most[i]);
  }

  private Solution<L> largest(Allocation first) throws IOException {
    long low = leastTotal();
    Solution<L> least = first.isFeasible() ? at(low) : new Solution<>(first, find(first.toArray()));
    if (!isGiven(least, low)) {
      return least;
    }
    long high = Math.max(low, first.total());
    long next = high;
    while (low < high) {
      Solution<L> tried = at(next);
      long reachable = tried.allocation().total();
      if (isGiven(tried, next)) {
        low = next;
        high = Math.clamp(reachable, low, high);
        next = low + (high - low + 1) / 2;
      } else {
        high = next - 1;
        next = reachable > low && reachable <= high ? reachable : low + (high - low + 1) / 2;
      }
    }
    return settled(withinRounding(low, first.total()));
  }

  /** A source's rounded share may fall by a file or two as the total rises, not by more. */
  private long withinRounding(long found, long most) throws IOException {
    long best = found;
    for (long next = found + 1; next <= Math.min(found + ROUNDING_MAX, most); next++) {
      best = isGiven(at(next), next) ? next : best;
    }
    return best;
  }

  /** The smallest total in which counts and percents have room. */
  private long leastTotal() {
    BigDecimal counts = BigDecimal.ZERO;
    BigDecimal left = BigDecimal.valueOf(100);
    for (SourceSpec source : recipe.sources()) {
      switch (source.share()) {
        case Share.Count count -> counts = counts.add(BigDecimal.valueOf(count.files()));
        case Share.Percent percent -> left = left.subtract(percent.value());
        case Share.Weight weight -> {}
      }
    }
    return left.signum() == 0 || counts.signum() == 0
        ? 1
        : counts.movePointRight(2).divide(left, 0, RoundingMode.CEILING).longValueExact();
  }

  /** Whether a walk for that total gives it. */
  private static boolean isGiven(Solution<?> walked, long total) {
    return walked.allocation().isFeasible() && walked.allocation().total() >= total;
  }

  /** What the sources leave when the mix has {@code total} files, and the largest mix by that. */
  private Solution<L> at(long total) throws IOException {
    L cuts = find(requested(total));
    return new Solution<>(quotas.allocate(available, cuts.left()), cuts);
  }

  /** That total, once it is found, is one like any other: a count that is short is shared too. */
  private Solution<L> settled(long total) throws IOException {
    Solution<L> found = at(total);
    Solution<L> given =
        recipe.onShortage() == OnShortage.REDISTRIBUTE
            ? new QuotaSolver<>(withTotal(total), available, isOverlap, walk).solve()
            : new Solution<>(
                Quotas.of(withTotal(total)).allocate(available, found.cuts().left()), found.cuts());
    Allocation asked = given.allocation();
    Allocation named =
        new Allocation(
            total,
            asked.quotas(),
            found.allocation().binding(),
            asked.shortages(),
            asked.warnings(),
            asked.verdict());
    return new Solution<>(named, given.cuts());
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
