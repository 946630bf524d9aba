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
  public static Pending pending(Settings settings) throws RefusedException {
    try {
      PendingMigration pending = PendingMigration.of(catalog(settings));
      return new Pending(pending.from(), pending.to(), pending.sql());
    } catch (CatalogException e) {
      if (e.getCause() != null) {
        throw e;
      }
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is to be done.
   *
   * @param from the schema that is there, 0 for none
   * @param to the schema of this version
   * @param sql as this database executes it; empty when nothing is to be done
   */
  public record Pending(int from, int to, String sql) {
    /** Whether there is nothing to do. */
    public boolean isEmpty() {
      return sql.isEmpty();
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
