package io.admix.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Prints rows per second of registering, scanning and recording a mix, and the time to open.
 *
 * <pre>
 * mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/cp -pl catalog -am
 * java --enable-native-access=ALL-UNNAMED -cp catalog/target/classes:catalog/target/test-classes:core/target/classes:$(cat /tmp/cp) io.admix.catalog.CatalogBenchmark 500000 sqlite
 * </pre>
 */
public final class CatalogBenchmark {
  private static final int RUN = 1_000;
  private static final int RUNS_PER_TRANSACTION = 2;

  private CatalogBenchmark() {}

  /** Arguments: number of files, then databases ({@code sqlite}, {@code postgresql}). */
  public static void main(String[] arguments) throws IOException {
    int files = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].equals("sqlite")) {
        sqlite(files);
      } else {
        run("postgresql", PostgresForTests.settings(Clock.systemUTC()), files);
      }
    }
  }

  private static void sqlite(int files) throws IOException {
    Path folder = Files.createTempDirectory("admix-bench");
    CatalogSettings settings =
        new CatalogSettings(
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            null,
            null,
            ZoneId.of("UTC"),
            Clock.systemUTC());
    long start = System.nanoTime();
    Catalog.open(settings).close();
    System.out.printf(
        "sqlite open of a new home: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    run("sqlite", settings, files);
    start = System.nanoTime();
    try (Catalog catalog = Catalog.open(settings)) {
      System.out.printf(
          "sqlite open again (warm JVM): %d ms, %d datasets%n",
          (System.nanoTime() - start) / 1_000_000, catalog.datasets().list().size());
    }
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        System.out.printf("%s %,d MB%n", file.getFileName(), Files.size(file) >> 20);
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void run(String name, CatalogSettings settings, int files) {
    try (Catalog catalog = Catalog.open(settings)) {
      for (int round = 0; round < 3; round++) {
        Dataset source = register(catalog, name, "source" + round, files);
        long start = System.nanoTime();
        ScanSummary summary = catalog.datasets().scan(source, Set.of(), row -> row.size());
        print(name + " scan (path, size)", summary.rows(), start);
        start = System.nanoTime();
        catalog
            .datasets()
            .scan(
                source,
                Set.of(Datasets.Column.TAGS),
                row -> row.anyLabel((label, value) -> value.equals("none")));
        print(name + " scan with labels", files, start);
        List<String> ids = new ArrayList<>();
        catalog.datasets().scan(source, Set.of(), row -> ids.add(row.id()));
        mix(catalog, name, source, ids, round);
      }
    }
  }

  private static Dataset register(Catalog catalog, String name, String dataset, int files) {
    long start = System.nanoTime();
    String tags =
        "[{\"id\":\"1\",\"type\":\"choices\",\"from_name\":\"quality\",\"to_name\":\"text\",\"values\":{\"choices\":[\"high\"]}}]";
    try (FileWriter writer = catalog.datasets().register(dataset, "/data/" + dataset, "TEXT")) {
      for (int i = 0; i < files; i++) {
        writer.add(
            new NewFile(
                path(i), i, Instant.ofEpochSecond(1_700_000_000L + i), null, tags, null, null));
      }
      Dataset result = writer.commit();
      print(name + " register", files, start);
      return result;
    }
  }

  private static String path(int i) {
    return "java/module-%05d/File%07d.java".formatted(i / 500, i);
  }

  private static void mix(
      Catalog catalog, String name, Dataset source, List<String> ids, int round) {
    for (boolean carry : new boolean[] {true, false}) {
      String id = Ids.next();
      String mix = "mix" + round + carry;
      catalog
          .tasks()
          .create(
              new NewTask(
                  id,
                  mix,
                  "local",
                  "{}",
                  "00",
                  "/mixes/" + mix,
                  Ids.next(),
                  "TEXT",
                  ids.size(),
                  List.of()));
      Tasks.Lease lease =
          catalog.tasks().acquire(id, "bench", Duration.ofHours(1), runner -> false).orElseThrow();
      catalog.tasks().startPlacing(lease, "00", ids.size(), 1);
      long start = System.nanoTime();
      List<RunRecord> runs = new ArrayList<>();
      for (int from = 0, run = 0; from < ids.size(); from += RUN, run++) {
        runs.add(record(source, ids, from, run, carry));
        if (runs.size() == RUNS_PER_TRANSACTION) {
          catalog.tasks().record(lease, runs);
          runs.clear();
        }
      }
      catalog.tasks().record(lease, runs);
      print(name + (carry ? " record, carried over" : " record, of a folder"), ids.size(), start);
      catalog.tasks().startPublishing(lease, "00");
      start = System.nanoTime();
      catalog.tasks().complete(lease, new Publication(ids.size(), 1, "{}", List.of()));
      print(name + " complete", 1, start);
    }
  }

  private static RunRecord record(
      Dataset source, List<String> ids, int from, int run, boolean carry) {
    List<RunRecord.Row> rows = new ArrayList<>();
    for (int i = from; i < Math.min(from + RUN, ids.size()); i++) {
      rows.add(
          new RunRecord.Row(
              "source/" + path(i),
              i,
              Instant.ofEpochSecond(1_700_000_000L),
              carry ? source.id() : null,
              carry ? ids.get(i) : null));
    }
    return new RunRecord(
        new Receipt(run, rows.size(), 0, 1, "boot", new byte[8_000]), rows, List.of());
  }

  private static void print(String what, long count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%-36s %,12.0f/s  (%.3f s)%n", what, count / seconds, seconds);
  }
}
