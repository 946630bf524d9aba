package io.admix.catalog;

import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where the catalogue is.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql:…}
 * @param zone the zone in which the database's times without a zone are meant
 */
public record CatalogSettings(
    String url, @Nullable String user, @Nullable String password, ZoneId zone, Clock clock) {
  @Override
  public String toString() {
    return "CatalogSettings[" + url + "]";
  }
}
