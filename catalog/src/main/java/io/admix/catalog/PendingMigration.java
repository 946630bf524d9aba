package io.admix.catalog;

/**
 * What opening a catalogue would change of its database.
 *
 * @param from the schema that is there, 0 for none
 * @param to the schema of this version
 * @param sql whole scripts in their order, as this database executes them; empty when nothing is to
 *     be done
 */
public record PendingMigration(int from, int to, String sql) {

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return sql.isEmpty();
  }

  /**
   * Looks without changing or making anything.
   *
   * @throws CatalogException when the database cannot be reached, or a newer version wrote it
   */
  public static PendingMigration of(CatalogSettings settings) {
    return Pending.of(settings);
  }
}
