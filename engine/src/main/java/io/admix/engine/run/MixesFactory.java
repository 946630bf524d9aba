package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;

/** Opens {@link Mixes}; programs use {@link io.admix.engine.Admix} instead. */
public final class MixesFactory {
  private MixesFactory() {}

  public static Mixes of(Catalog catalog, FileAccess access, Settings settings) {
    return MixService.of(catalog, access, settings);
  }

  /** The same for tasks that servers share. */
  public static QueuedTasks queued(Catalog catalog, FileAccess access, Settings settings) {
    return new QueuedTasks(Services.of(catalog, access, settings));
  }
}
