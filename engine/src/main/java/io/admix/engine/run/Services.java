package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.plan.Planner;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import io.admix.files.Placer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What every task of one engine shares. */
record Services(
    Catalog catalog,
    FileAccess access,
    Settings settings,
    StateFolder state,
    PlanMaker planner,
    CrashPoints crash,
    PlacerMaker placers) {

  Services(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      StateFolder state,
      PlanMaker planner,
      CrashPoints crash) {
    this(catalog, access, settings, state, planner, crash, Placer::new);
  }

  static Services of(Catalog catalog, FileAccess access, Settings settings) {
    return new Services(
        catalog,
        access,
        settings,
        new StateFolder(settings.stateDir()),
        (request, scratch, file, progress) ->
            new Planner(catalog, access, scratch).plan(request, file, progress),
        CrashPoints.NONE);
  }

  /** Where plans of dry runs are kept. */
  PlanShelf shelf() {
    return new PlanShelf(settings.stateDir(), settings.keepPlans());
  }

  Duration leaseLength() {
    return Duration.ofSeconds(settings.leaseSeconds());
  }

  /** Makes the placer of one attempt; tests have one with other rules. */
  @FunctionalInterface
  interface PlacerMaker {
    Placer of(List<LinkMethod> order, Runnable stillOurs);
  }

  /** Makes a sealed plan, as {@link io.admix.engine.plan.Planner} does. */
  @FunctionalInterface
  interface PlanMaker {
    PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
        throws IOException, InterruptedException, InfeasibleException, PlanException;
  }
}
