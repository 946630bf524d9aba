package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Matching;
import io.admix.core.quota.Allocation;
import io.admix.core.quota.Quota;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Total;
import io.admix.engine.plan.OverlapWalk.Matters;
import io.admix.engine.plan.Preview.Certainty;
import io.admix.engine.plan.Preview.Outcome;
import io.admix.engine.plan.Preview.SourceQuota;
import io.admix.engine.plan.Preview.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The quotas of a recipe by what is counted: the same solver as a plan's. */
final class QuickQuotas {
  /** What a folder that nobody has read may hold. */
  private static final long PLENTY = Long.MAX_VALUE / 4;

  private final Recipe recipe;
  private final SourceCounts counts;
  private final long[] available;
  private final boolean isAllKnown;

  private QuickQuotas(Recipe recipe, SourceCounts counts) {
    this.recipe = recipe;
    this.counts = counts;
    int size = recipe.sources().size();
    this.available = new long[size];
    boolean isKnown = true;
    for (int i = 0; i < size; i++) {
      Optional<Matching> matching = counts.of(i);
      available[i] = matching.map(Matching::files).orElse(PLENTY);
      isKnown &= matching.isPresent();
    }
    this.isAllKnown = isKnown;
  }

  /** What the recipe gives; null where that depends on folders that must be read first. */
  static @Nullable Outcome of(Recipe recipe, Map<Integer, Dataset> datasets, SourceCounts counts) {
    QuickQuotas quotas = new QuickQuotas(recipe, counts);
    if (!quotas.isAllKnown && recipe.total() instanceof Total.Max) {
      return null;
    }
    Set<String> ids = new HashSet<>();
    boolean isOverlap = !datasets.values().stream().allMatch(dataset -> ids.add(dataset.id()));
    try {
      return quotas.solve(isOverlap);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome solve(boolean isOverlap) throws IOException {
    Matters matters = recipe.total() instanceof Total.Max ? Matters.LEFT : Matters.GIVEN;
    OverlapWalk walk = new OverlapWalk(available, counts::both, matters);
    QuotaSolver.Solution<OverlapWalk.Left> solution =
        new QuotaSolver<>(recipe, available, isOverlap, walk).solve();
    Allocation allocation = solution.allocation();
    long[] left = isOverlap ? solution.cuts().left() : available;
    boolean isExact = walk.isExact() && isAllKnown;
    List<SourceQuota> each = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < left.length; i++) {
      Quota quota = allocation.quotas().get(i);
      Matching matching = counts.of(i).orElse(null);
      each.add(
          new SourceQuota(
              quota.name(),
              quota.requested(),
              matching == null ? null : (Long) quota.available(),
              isTold(matching, isExact, solution.cuts(), i) ? (Long) left[i] : null,
              quota.files()));
      bytes += matching == null ? 0 : bytes(matching, quota.files());
    }
    boolean isFeasible = allocation.isFeasible() && allocation.files() > 0;
    return new Outcome(
        allocation.total(),
        allocation.files(),
        bytes,
        allocation.binding().orElse(-1),
        each,
        allocation.warnings(),
        isFeasible ? Verdict.CAN : Verdict.CANNOT,
        isExact ? Certainty.EXACT : Certainty.ABOUT);
  }

  /** A number that is only likely is not told among exact ones. */
  private static boolean isTold(
      @Nullable Matching matching, boolean isExact, OverlapWalk.Left left, int source) {
    return matching != null && (left.isSure(source) || !isExact);
  }

  private static long bytes(Matching matching, long files) {
    return matching.files() == 0
        ? 0
        : Math.round((double) matching.bytes() / matching.files() * files);
  }
}
