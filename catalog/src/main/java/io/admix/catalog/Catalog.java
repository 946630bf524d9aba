package io.admix.catalog;

/** One open catalogue. Safe for use by many threads; closing it closes every connection. */
public interface Catalog extends AutoCloseable {
  Datasets datasets();

  Tasks tasks();

  /** DataMate's tables as its own interface reads them. */
  DataMateTables dataMate();

  /** The same tasks as servers share them. */
  TaskQueue queue();

  LineageRows lineage();

  /** What all processes of this catalogue agree on. */
  Facts facts();

  /** {@code sqlite} or {@code postgresql}. */
  String database();

  @Override
  void close();

  /**
   * Opens the catalogue, migrating it to this version.
   *
   * @throws CatalogException with words for a person: a newer version, a network file system under
   *     SQLite, an unreachable server
   */
  static Catalog open(CatalogSettings settings) {
    return Catalogs.open(settings);
  }
}
