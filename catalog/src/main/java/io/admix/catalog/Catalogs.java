package io.admix.catalog;

/** Chooses the database by the URL. */
final class Catalogs {
  private Catalogs() {}

  static Catalog open(CatalogSettings settings) {
    Database database = database(settings);
    try {
      SqlCatalog catalog = new SqlCatalog(database, settings);
      switch (database) {
        case SqliteDatabase sqlite ->
            Migrations.bringUpToDate(
                sqlite, () -> new SqliteDataSource(sqlite), SqliteDatabase.file(settings.url()));
        case PostgresDatabase postgres ->
            Migrations.bringUpToDate(postgres, postgres::source, null);
      }
      return catalog;
    } catch (RuntimeException | Error fault) {
      closeAfter(database, fault);
      throw fault;
    }
  }

  static Database database(CatalogSettings settings) {
    if (settings.url().startsWith("jdbc:sqlite:")) {
      return new SqliteDatabase(settings.url());
    }
    if (settings.url().startsWith("jdbc:postgresql:")) {
      return new PostgresDatabase(settings);
    }
    throw new CatalogException(
        "No database is known for "
            + settings.url()
            + ": it must begin with jdbc:sqlite: or jdbc:postgresql:");
  }

  private static void closeAfter(Database database, Throwable fault) {
    try {
      database.close();
    } catch (RuntimeException second) {
      fault.addSuppressed(second);
    }
  }
}
