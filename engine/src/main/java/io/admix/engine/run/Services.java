package io.admix.engine.run;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Recipe;
import io.admix.engine.AllowedRoots;
import io.admix.engine.RunMeter;
import io.admix.engine.pace.PaceMemory;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanScope;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.plan.Planner;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import io.admix.files.Placer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every task of one engine shares.
 *
 * @param crew that places files elsewhere than in this process, or null
 */
record Services(
    Catalog catalog,
    FileAccess access,
    Settings settings,
    StateFolder state,
    PlanMaker planner,
    CrashPoints crash,
    PlacerMaker placers,
    RunMeter meter,
    PaceMemory paces,
    LazyStore objects,
    @Nullable SpreadCrew crew) {

  Services(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      StateFolder state,
      PlanMaker planner,
      CrashPoints crash,
      PlacerMaker placers,
      RunMeter meter,
      PaceMemory paces,
      LazyStore objects) {
    this(catalog, access, settings, state, planner, crash, placers, meter, paces, objects, null);
  }

  Services(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      StateFolder state,
      PlanMaker planner,
      CrashPoints crash,
      PlacerMaker placers,
      RunMeter meter) {
    this(
        catalog,
        access,
        settings,
        state,
        planner,
        crash,
        placers,
        meter,
        new PaceMemory(),
        new LazyStore(settings.s3().store()));
  }

  Services(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      StateFolder state,
      PlanMaker planner,
      CrashPoints crash,
      PlacerMaker placers) {
    this(catalog, access, settings, state, planner, crash, placers, RunMeter.NONE);
  }

  Services(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      StateFolder state,
      PlanMaker planner,
      CrashPoints crash) {
    this(catalog, access, settings, state, planner, crash, Placer::new);
  }

  /** With the real planner, and a store of its own that nothing closes. */
  static Services of(Catalog catalog, FileAccess access, Settings settings) {
    return of(catalog, access, settings, RunMeter.NONE, new LazyStore(settings.s3().store()));
  }

  static Services of(
      Catalog catalog, FileAccess access, Settings settings, RunMeter meter, LazyStore objects) {
    PlanMaker planner =
        new PlanMaker() {
          @Override
          public PlanSummary plan(
              PlanRequest request, Path scratch, Path file, PlanProgress progress)
              throws IOException, InterruptedException, InfeasibleException, PlanException {
            return new Planner(catalog, access, objects, scratch).plan(request, file, progress);
          }

          @Override
          public void check(PlanRequest request) throws PlanException {
            Planner.check(catalog, request);
          }
        };
    return new Services(
        catalog,
        access,
        settings,
        new StateFolder(settings.stateDir()),
        planner,
        CrashPoints.NONE,
        Placer::new,
        meter,
        new PaceMemory(),
        objects);
  }

  /**
   * The same with files placed by {@code crew}. Whatever this process places itself is taken over
   * where the crew was there before.
   */
  Services placedBy(SpreadCrew crew) {
    return new Services(
        catalog,
        access,
        settings,
        state,
        planner,
        crash,
        Placer::amongOthers,
        meter,
        paces,
        objects,
        crew);
  }

  /** The same with plans made by {@code maker}. */
  Services plannedBy(PlanMaker maker) {
    return new Services(
        catalog, access, settings, state, maker, crash, placers, meter, paces, objects, crew);
  }

  /** Where plans of dry runs are kept. */
  PlanShelf shelf() {
    return new PlanShelf(settings.stateDir(), settings.keepPlans());
  }

  /** How a task of this origin and owner is to be planned. */
  PlanRequest planRequest(Recipe recipe, Place target, TaskOrigin origin, String owner) {
    PlanScope scope =
        origin == TaskOrigin.COMMAND
            ? PlanScope.COMMAND
            : new PlanScope(
                Actor.of(owner), AllowedRoots.of(settings), origin == TaskOrigin.DATAMATE);
    return new PlanRequest(
        recipe,
        folderOf(target),
        target,
        settings.zone(),
        PlanRequest.TargetCheck.MUST_BE_FREE,
        scope);
  }

  /** Against which a recipe's paths, all absolute by now, are said to be meant. */
  static Path folderOf(Place target) {
    return switch (target) {
      case Place.OfFolder(Path folder) -> Staging.parentOf(folder);
      case Place.OfObjects objects -> Path.of("/");
    };
  }

  Duration leaseLength() {
    return Duration.ofSeconds(settings.leaseSeconds());
  }

  /** Makes the placer of one attempt; tests have one with other rules. */
  @FunctionalInterface
  interface PlacerMaker {
    Placer of(List<LinkMethod> order, Runnable stillOurs);
  }
}
