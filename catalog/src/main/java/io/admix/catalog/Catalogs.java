package io.admix.catalog;

final class Catalogs {
  private Catalogs() {}

  static Catalog open(CatalogSettings settings) {
    throw new CatalogException("not built yet " + settings.url());
  }
}
