package io.admix.engine;

import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PendingMigration;
import io.admix.engine.settings.Settings;
import java.time.Clock;

/**
 * Bringing a catalogue to this version, seen before it is done. Opening the engine does the same.
 */
public final class CatalogMigration {
  private CatalogMigration() {}

  /**
   * What is to be done; nothing is changed or made.
   *
   * @throws RefusedException when a newer version wrote the catalogue
   * @throws CatalogException when the database fails
   */
  public static PendingMigration pending(Settings settings) throws RefusedException {
    try {
      return PendingMigration.of(catalog(settings));
    } catch (CatalogException e) {
      if (e.getCause() != null) {
        throw e;
      }
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /** How the catalogue of these settings is opened. */
  static CatalogSettings catalog(Settings settings) {
    return new CatalogSettings(
        settings.databaseUrl(),
        settings.databaseUser(),
        settings.databasePassword(),
        settings.zone(),
        Clock.systemUTC());
  }
}
