package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.engine.RunMeter;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;

/** Opens {@link Mixes}; programs use {@link io.admix.engine.Admix} instead. */
public final class MixesFactory {
  private MixesFactory() {}

  public static Mixes of(Catalog catalog, FileAccess access, Settings settings) {
    return MixService.of(catalog, access, settings);
  }

  /** The same for tasks that servers share. */
  public static QueuedTasks queued(
      Catalog catalog, FileAccess access, Settings settings, RunMeter meter) {
    return new QueuedTasks(Services.of(catalog, access, settings, meter));
  }

  /** Plans of dry runs for the callers of a service. */
  public static KeptPlans plans(Catalog catalog, FileAccess access, Settings settings) {
    return new PlanKeeper(Services.of(catalog, access, settings));
  }
}
