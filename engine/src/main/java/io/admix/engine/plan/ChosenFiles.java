package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import io.admix.core.select.Cut;
import io.admix.core.select.CutFinder;
import io.admix.engine.sort.ExternalSorter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The files that were chosen, sorted: main entries canonically, reserves by source and rank. */
final class ChosenFiles implements AutoCloseable {
  /**
   * Of one sort. Three are alive at a time; all fits a heap of 256 MB with room for a catalogue's
   * page.
   */
  static final int MEMORY_BYTES = 32 << 20;

  private final List<PlanSourceInfo> sources;
  private final List<Spool> spools;
  private final Cuts cuts;
  private final Path folder;
  private final Progress progress;
  private final ExternalSorter mains;
  private final ExternalSorter reserves;
  private final Selection mainSelection;
  private final Selection reserveSelection;

  private ChosenFiles(
      Recipe recipe,
      List<PlanSourceInfo> sources,
      List<Spool> spools,
      Cuts cuts,
      Path folder,
      Progress progress) {
    this.sources = sources;
    this.spools = spools;
    this.cuts = cuts;
    this.folder = folder;
    this.progress = progress;
    this.mains = new ExternalSorter(folder, MEMORY_BYTES);
    this.reserves = new ExternalSorter(folder, MEMORY_BYTES / 4);
    this.mainSelection = new Selection(recipe.layout(), sources, mains);
    this.reserveSelection = new Selection(recipe.layout(), sources, reserves);
  }

  static ChosenFiles choose(
      Recipe recipe,
      List<PlanSourceInfo> sources,
      List<Spool> spools,
      QuotaSolver.Solution<Cuts> solution,
      Path folder,
      Progress progress)
      throws IOException {
    ChosenFiles chosen =
        new ChosenFiles(recipe, sources, spools, solution.cuts(), folder, progress);
    try {
      chosen.chooseMains(solution.allocation().toArray());
      chosen.chooseReserves(recipe, solution.allocation().toArray());
      return chosen;
    } catch (IOException | RuntimeException e) {
      chosen.close();
      throw e;
    }
  }

  private void chooseMains(long[] quotas) throws IOException {
    progress.step("choosing");
    for (PlanSourceInfo source : sources) {
      long before = mains.count();
      spools
          .get(source.index())
          .forEach(candidate -> {
            progress.count();
            if (cuts.takes(source.index(), candidate)) {
              mainSelection.add(source.index(), candidate);
            }
          });
      if (mains.count() - before != quotas[source.index()]) {
        throw new IllegalStateException(
            "source %s gave %d files instead of %d"
                .formatted(source.name(), mains.count() - before, quotas[source.index()]));
      }
    }
  }

  /** The next ranks of each source that no source takes and no earlier source holds in reserve. */
  private void chooseReserves(Recipe recipe, long[] quotas) throws IOException {
    Cut[] last = new Cut[sources.size()];
    Arrays.fill(last, Cut.NONE);
    for (PlanSourceInfo source : sources) {
      int index = source.index();
      long wanted = Spools.reserves(recipe, quotas[index]);
      if (wanted > 0) {
        last[index] =
            CutFinder.<IOException>find(
                visitor ->
                    forEachFree(
                        index,
                        last,
                        candidate ->
                            visitor.visit(
                                candidate.rank(),
                                candidate.array(),
                                candidate.pathOffset(),
                                candidate.pathLength())),
                wanted);
        forEachFree(
            index,
            last,
            candidate -> {
              if (Cuts.takes(last[index], candidate.rank(), candidate)) {
                reserveSelection.addReserve(index, candidate);
              }
            });
      }
    }
  }

  private void forEachFree(int source, Cut[] last, Spool.Visitor visitor) throws IOException {
    spools
        .get(source)
        .forEach(candidate -> {
          if (!cuts.takes(source, candidate)
              && !cuts.isTakenByOther(candidate)
              && !isReservedBefore(source, last, candidate)) {
            visitor.visit(candidate);
          }
        });
  }

  private static boolean isReservedBefore(int source, Cut[] last, Candidate candidate) {
    for (int i = 0; i < candidate.others(); i++) {
      int other = candidate.otherSource(i);
      if (other < source && Cuts.takes(last[other], candidate.otherRank(i), candidate)) {
        return true;
      }
    }
    return false;
  }

  PlanAssembly assembly(Lookers lookers, PlanAssembly.Target target, Progress telling) {
    return new PlanAssembly(reserveSelection, mains, reserves, sources, lookers, target, telling);
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    mains.close();
    reserves.close();
  }
}
