package io.admix.bench;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.catalog.NewTask;
import io.admix.catalog.Receipt;
import io.admix.catalog.RunRecord;
import io.admix.catalog.Tasks;
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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds for one row recorded: transactions of two whole runs of 1,024 rows each with its
 * receipt, as a task commits them, into a real database. {@code carried} rows take tags and
 * checksum of a row of the source, those of a folder have none.
 *
 * <pre>
 * bench/bench.py jmh
 * java --enable-native-access=ALL-UNNAMED -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main RecordBenchmark -p database=sqlite -p files=1000000
 * java … RecordBenchmark -p database=jdbc:postgresql://localhost/test -jvmArgsAppend "-Dadmix.bench.user=postgres -Dadmix.bench.password=…"
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class RecordBenchmark {
  private static final int RUN = 1_024;
  private static final int RUNS = 2;
  private static final Instant MODIFIED = Instant.ofEpochSecond(1_700_000_000L);

  /** {@code sqlite}: a file in a new folder of the system's temporary files; else a JDBC URL. */
  @Param("sqlite")
  String database;

  /** Rows of the source dataset. */
  @Param("200000")
  int files;

  @Param({"true", "false"})
  boolean carried;

  private Path folder;
  private Catalog catalog;
  private Dataset source;
  private List<String> ids;
  private Tasks.Lease lease;
  private int run;

  /** Registers the source and begins a task. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("admix-jmh-");
    boolean isSqlite = database.equals("sqlite");
    catalog =
        Catalog.open(
            new CatalogSettings(
                isSqlite ? "jdbc:sqlite:" + folder.resolve("catalog.db") : database,
                System.getProperty("admix.bench.user"),
                System.getProperty("admix.bench.password"),
                ZoneId.of("UTC"),
                Clock.systemUTC()));
    String name = "bench-" + UUID.randomUUID();
    try (FileWriter writer = catalog.datasets().register(name, "/data/" + name, "TEXT")) {
      for (int i = 0; i < files; i++) {
        writer.add(new NewFile(path(i), i, MODIFIED, null, null, null, null));
      }
      source = writer.commit();
    }
    ids = new ArrayList<>(files);
    catalog.datasets().scan(source, Set.of(), row -> ids.add(row.id()));
    String task = UUID.randomUUID().toString();
    String dataset = UUID.randomUUID().toString();
    catalog
        .tasks()
        .create(
            new NewTask(
                task, task, "local", "{}", "00", "/mixes/" + task, dataset, "TEXT", 1, List.of()));
    lease =
        catalog.tasks().acquire(task, "bench", Duration.ofHours(1), runner -> false).orElseThrow();
    catalog.tasks().startPlacing(lease, "00", 1, 1);
  }

  /** One transaction. */
  @Benchmark
  @OperationsPerInvocation(RUN * RUNS)
  public void record() {
    List<RunRecord> runs = new ArrayList<>(RUNS);
    for (int i = 0; i < RUNS; i++) {
      runs.add(next());
    }
    catalog.tasks().record(lease, runs);
  }

  private RunRecord next() {
    List<RunRecord.Row> rows = new ArrayList<>(RUN);
    for (int i = 0; i < RUN; i++) {
      int file = (int) ((run * (long) RUN + i) % files);
      rows.add(
          new RunRecord.Row(
              path(file),
              file,
              MODIFIED,
              carried ? source.id() : null,
              carried ? ids.get(file) : null));
    }
    return new RunRecord(new Receipt(run++, RUN, 0, 1, "boot", new byte[8_000]), rows, List.of());
  }

  private static String path(int file) {
    return "java/module-" + file / 500 + "/File" + file + ".java";
  }

  /** Closes the catalogue; a SQLite file goes. */
  @TearDown
  public void close() throws IOException {
    catalog.close();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }
}
