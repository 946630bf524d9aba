package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.engine.RunMeter;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import org.jspecify.annotations.Nullable;

/** Opens {@link Mixes}; programs use {@link io.admix.engine.Admix} instead. */
public final class MixesFactory {
  private MixesFactory() {}

  public static Mixes of(Catalog catalog, FileAccess access, Settings settings, LazyStore objects) {
    return new MixService(services(catalog, access, settings, RunMeter.NONE, objects));
  }

  private static Services services(
      Catalog catalog, FileAccess access, Settings settings, RunMeter meter, LazyStore objects) {
    return Services.of(catalog, access, settings, meter, objects);
  }

  /**
   * The same with files placed by {@code crew}, and with plans made by {@code planner} where there
   * is one.
   */
  public static Mixes spread(
      Catalog catalog,
      FileAccess access,
      Settings settings,
      SpreadCrew crew,
      @Nullable PlanMaker planner) {
    Services services = Services.of(catalog, access, settings).placedBy(crew);
    return new MixService(planner == null ? services : services.plannedBy(planner));
  }

  /** The same for tasks that servers share. */
  public static QueuedTasks queued(
      Catalog catalog, FileAccess access, Settings settings, RunMeter meter, LazyStore objects) {
    return new QueuedTasks(services(catalog, access, settings, meter, objects));
  }

  /** Plans of dry runs for the callers of a service. */
  public static KeptPlans plans(
      Catalog catalog, FileAccess access, Settings settings, LazyStore objects) {
    return new PlanKeeper(services(catalog, access, settings, RunMeter.NONE, objects));
  }
}
