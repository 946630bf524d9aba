package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.engine.RunMeter;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;

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
