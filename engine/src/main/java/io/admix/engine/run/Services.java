package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What every task of one engine shares. */
record Services(
    Catalog catalog,
    FileAccess access,
    Settings settings,
    StateFolder state,
    PlanMaker planner,
    CrashPoints crash) {

  Duration leaseLength() {
    return Duration.ofSeconds(settings.leaseSeconds());
  }

  /** Makes a sealed plan, as {@link io.admix.engine.plan.Planner} does. */
  @FunctionalInterface
  interface PlanMaker {
    PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
        throws IOException, InterruptedException, InfeasibleException, PlanException;
  }
}
