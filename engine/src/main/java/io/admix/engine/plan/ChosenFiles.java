package io.admix.engine.plan;

import io.admix.core.recipe.Layout;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** The files that were chosen, sorted on this machine. */
final class ChosenFiles implements Chosen {
  /**
   * Of one sort. Three are alive at a time; all fits a heap of 256 MB with room for a catalogue's
   * page.
   */
  static final int MEMORY_BYTES = 32 << 20;

  private final ExternalSorter mains;
  private final ExternalSorter reserves;
  private final Selection mainSelection;
  private final Selection reserveSelection;

  private ChosenFiles(Layout layout, List<PlanSourceInfo> sources, Path folder) {
    this.mains = new ExternalSorter(folder, MEMORY_BYTES);
    this.reserves = new ExternalSorter(folder, MEMORY_BYTES / 4);
    this.mainSelection = new Selection(layout, sources, mains::add);
    this.reserveSelection = new Selection(layout, sources, reserves::add);
  }

  /** What is chosen of each source. */
  record Choice(Cuts cuts, ReserveCuts reserves, long[] quotas) implements Serializable {

    /**
     * @throws IllegalStateException when a source gave another number of files
     */
    void requireQuota(PlanSourceInfo source, long given) {
      if (given != quotas[source.index()]) {
        throw new IllegalStateException(
            "source %s gave %d files instead of %d"
                .formatted(source.name(), given, quotas[source.index()]));
      }
    }
  }

  /**
   * @param some the sources whose candidates lie in these spools
   */
  static ChosenFiles choose(
      PlanCourse.Plan plan, List<PlanSourceInfo> some, Spools spools, Choice choice)
      throws IOException {
    ChosenFiles chosen =
        new ChosenFiles(plan.request().recipe().layout(), plan.sources(), plan.folder());
    try {
      for (PlanSourceInfo source : some) {
        long before = chosen.mains.count();
        spools
            .list()
            .get(source.index())
            .forEach(candidate -> {
              plan.progress().count();
              chosen.add(source.index(), candidate, choice);
            });
        choice.requireQuota(source, chosen.mains.count() - before);
      }
      return chosen;
    } catch (IOException | RuntimeException e) {
      chosen.close();
      throw e;
    }
  }

  private void add(int source, Candidate candidate, Choice choice) throws IOException {
    if (choice.cuts().takes(source, candidate)) {
      mainSelection.add(source, candidate);
    } else if (choice.reserves().takes(source, candidate)) {
      reserveSelection.addReserve(source, candidate);
    }
  }

  @Override
  public RecordCursor mains() throws IOException {
    return mains.read();
  }

  @Override
  public RecordCursor reserves() throws IOException {
    return reserves.read();
  }

  @Override
  public void close() {
    mains.close();
    reserves.close();
  }
}
