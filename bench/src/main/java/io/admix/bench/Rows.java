package io.admix.bench;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Fills a home's catalogue with generated rows that have no files: {@code Rows HOME NAME ROWS
 * one-name|many-names}. With {@code one-name} every row has the same base name, in a folder of its
 * own.
 */
public final class Rows {
  private Rows() {}

  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]).toAbsolutePath();
    long rows = Long.parseLong(args[2]);
    boolean oneName = args[3].equals("one-name");
    var settings =
        new CatalogSettings(
            "jdbc:sqlite:" + home.resolve("catalog.db"),
            null,
            null,
            ZoneId.of("UTC"),
            Clock.systemUTC());
    Instant modified = Instant.parse("2026-01-01T00:00:00Z");
    try (Catalog catalog = Catalog.open(settings);
        FileWriter writer =
            catalog.datasets().register(args[1], folder(home, args[1]).toString(), "TEXT")) {
      for (long row = 0; row < rows; row++) {
        writer.add(
            new NewFile(
                oneName ? sameName(row) : ownName(row),
                row % 10_000,
                modified,
                null,
                null,
                null,
                null));
      }
      System.out.println(writer.commit().files() + " rows");
    }
  }

  /** The dataset's folder: there, and empty. */
  private static Path folder(Path home, String name) throws IOException {
    return Files.createDirectories(home.resolve("generated").resolve(name)).toRealPath();
  }

  private static String sameName(long row) {
    return "%04x/%06x/x.txt".formatted(row >>> 12, row);
  }

  private static String ownName(long row) {
    return "%04x/file-%08x.txt".formatted(row >>> 12, row);
  }
}
