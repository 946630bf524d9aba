package io.admix.core.quota;

import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Turns a recipe's shares into exact numbers of files.
 *
 * <p><b>Requested.</b> Counts are taken off the total first. Percents are exact decimals of the
 * total, weights divide what counts and percents leave; percents and weights are then rounded
 * together by largest remainder over total − counts, so that all sum to the total exactly.
 *
 * <p><b>max.</b> The largest total of which no percent's or weight's exact share is above what its
 * source has. The source that allows the least is the binding one, the earlier where two allow the
 * same.
 *
 * <p><b>Shortage.</b> {@code fail}: nothing is made. {@code take-all}: the short source gives what
 * it has. {@code redistribute}: a count gives at most itself; the rest of the total is divided
 * among percents and weights in proportion to their exact shares. Those whose part is above what
 * they have give all of it, and what is then left is divided among the others, until nobody is
 * above. Giving away only raises the others, so nobody who was above can fall below again: the
 * result is the one division in which all that are not exhausted keep their ratio.
 */
public final class Quotas {
  private final List<String> names;
  private final Shares shares;
  private final Total total;
  private final OnShortage onShortage;

  private Quotas(List<String> names, List<Share> shares, Total total, OnShortage onShortage) {
    this.names = List.copyOf(names);
    this.shares = new Shares(shares);
    this.total = total;
    this.onShortage = onShortage;
  }

  /** The quotas of a validated recipe. */
  public static Quotas of(Recipe recipe) {
    return new Quotas(
        recipe.sources().stream().map(SourceSpec::name).toList(),
        recipe.sources().stream().map(SourceSpec::share).toList(),
        recipe.total(),
        recipe.onShortage());
  }

  /** Quotas where no source has lost files to an earlier one. */
  public Allocation allocate(long[] available) {
    return allocate(available, available);
  }

  /**
   * Quotas where earlier sources may have taken some of what a source has.
   *
   * @param available files that match each source's filter, before overlap: shown
   * @param left files that each source can still give, at most {@code available}: reckoned with
   * @throws IllegalArgumentException when an array does not have one number per source, or {@code
   *     left} is above {@code available} or below 0
   */
  public Allocation allocate(long[] available, long[] left) {
    check(available, left);
    OptionalInt binding = total instanceof Total.Max ? binding(left) : OptionalInt.empty();
    long files = total(binding, left);
    if (shares.restSign(files) < 0) {
      return noRoom(available, left, binding.orElseThrow());
    }
    long[] requested = requested(files);
    List<Shortage> shortages = shortages(requested, available, left);
    if (files == 0 && binding.isPresent()) {
      int source = binding.getAsInt();
      shortages =
          List.of(new Shortage(source, names.get(source), 1, available[source], left[source]));
    }
    long[] given =
        onShortage == OnShortage.REDISTRIBUTE ? redistributed(files, left) : lower(requested, left);
    return new Allocation(
        files,
        quotas(requested, available, given),
        binding,
        shortages,
        warnings(files, requested, given),
        verdict(shortages));
  }

  private void check(long[] available, long[] left) {
    if (available.length != shares.size() || left.length != shares.size()) {
      throw new IllegalArgumentException(
          "%d sources, but %d available and %d left"
              .formatted(shares.size(), available.length, left.length));
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] < 0 || left[i] > available[i]) {
        throw new IllegalArgumentException(
            "source %s: %d left of %d available".formatted(names.get(i), left[i], available[i]));
      }
    }
  }

  private long total(OptionalInt binding, long[] left) {
    return switch (total) {
      case Total.Fixed fixed -> fixed.files();
      case Total.OfCounts ofCounts -> shares.countSum().longValueExact();
      case Total.Max max -> totalMax(binding.orElseThrow(), left);
    };
  }

  private long totalMax(int source, long[] left) {
    return shares
        .totalMax(source, left[source])
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /**
   * The percent or weight whose stock allows the smallest total; counts do not grow with the total.
   */
  private OptionalInt binding(long[] left) {
    int binds = -1;
    for (int i = 0; i < left.length; i++) {
      if (!shares.isCount(i)
          && (binds < 0
              || shares.totalMax(i, left[i]).compareTo(shares.totalMax(binds, left[binds])) < 0)) {
        binds = i;
      }
    }
    return binds < 0 ? OptionalInt.empty() : OptionalInt.of(binds);
  }

  /**
   * A {@code max} whose binding source cannot give even what the counts and percents demand beside
   * it.
   */
  private Allocation noRoom(long[] available, long[] left, int source) {
    long[] requested = new long[left.length];
    for (int i = 0; i < requested.length; i++) {
      requested[i] = shares.get(i) instanceof Share.Count count ? count.files() : 0;
    }
    requested[source] = Math.max(1, left[source] + 1);
    long[] given = lower(requested, left);
    List<Shortage> shortages = shortages(requested, available, left);
    return new Allocation(
        Arrays.stream(requested).sum(),
        quotas(requested, available, given),
        OptionalInt.of(source),
        shortages,
        List.of("source `" + names.get(source) + "` has too few files for any mix of this ratio"),
        Allocation.Verdict.INFEASIBLE);
  }

  private long[] requested(long files) {
    long counts = shares.countSum().longValueExact();
    long[] requested =
        Apportionment.round(files - counts, shares.numerators(files), shares.denominator());
    for (int i = 0; i < requested.length; i++) {
      requested[i] = shares.get(i) instanceof Share.Count count ? count.files() : requested[i];
    }
    return requested;
  }

  /**
   * The division of the total in which nobody gives more than it has, and who is not exhausted
   * keeps its ratio.
   */
  private long[] redistributed(long files, long[] left) {
    long[] given = new long[left.length];
    long seats = files;
    for (int i = 0; i < given.length; i++) {
      if (shares.get(i) instanceof Share.Count count) {
        given[i] = Math.min(count.files(), left[i]);
        seats -= given[i];
      }
    }
    BigInteger[] open = shares.numerators(files);
    for (List<Integer> exhausted = above(open, seats, left);
        !exhausted.isEmpty();
        exhausted = above(open, seats, left)) {
      for (int i : exhausted) {
        given[i] = left[i];
        seats -= left[i];
        open[i] = BigInteger.ZERO;
      }
    }
    if (Apportionment.sum(open).signum() > 0) {
      long[] parts = Apportionment.inProportion(seats, open);
      Arrays.setAll(given, i -> given[i] + parts[i]);
    }
    return given;
  }

  /**
   * The open sources whose exact part of the seats is above what they have. Who is not above is not
   * above after rounding either, as what it has is whole.
   */
  private static List<Integer> above(BigInteger[] open, long seats, long[] left) {
    BigInteger sum = Apportionment.sum(open);
    BigInteger all = BigInteger.valueOf(seats);
    return IntStream.range(0, open.length)
        .filter(i -> open[i].signum() > 0)
        .filter(i -> open[i].multiply(all).compareTo(BigInteger.valueOf(left[i]).multiply(sum)) > 0)
        .boxed()
        .toList();
  }

  private static long[] lower(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> Math.min(a[i], b[i])).toArray();
  }

  private List<Shortage> shortages(long[] requested, long[] available, long[] left) {
    return IntStream.range(0, left.length)
        .filter(i -> requested[i] > left[i])
        .mapToObj(i -> new Shortage(i, names.get(i), requested[i], available[i], left[i]))
        .toList();
  }

  private List<Quota> quotas(long[] requested, long[] available, long[] given) {
    return IntStream.range(0, given.length)
        .mapToObj(i -> new Quota(names.get(i), requested[i], available[i], given[i]))
        .toList();
  }

  private List<String> warnings(long files, long[] requested, long[] given) {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < requested.length; i++) {
      if (requested[i] == 0) {
        warnings.add(
            "source `%s`: its %s gives 0 of %d files; raise the total or its share"
                .formatted(names.get(i), shares.describe(i), files));
      }
    }
    long sum = Arrays.stream(given).sum();
    if (sum < files) {
      warnings.add("the mix has %d files, %d short of %d".formatted(sum, files - sum, files));
    }
    return warnings;
  }

  private Allocation.Verdict verdict(List<Shortage> shortages) {
    return switch (onShortage) {
      case FAIL ->
          shortages.isEmpty() ? Allocation.Verdict.FEASIBLE : Allocation.Verdict.INFEASIBLE;
      case TAKE_ALL, REDISTRIBUTE -> Allocation.Verdict.FEASIBLE;
    };
  }
}
