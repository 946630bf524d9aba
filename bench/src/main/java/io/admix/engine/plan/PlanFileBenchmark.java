package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.MethodCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for a plan of so many entries: written, hashed, synced and sealed; opened as a plan
 * that somebody else may have edited, which reads all of it; read as placing reads it. It stands in
 * the planner's package because the writer is nobody else's.
 *
 * <pre>
 * bench/bench.py jmh
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main PlanFileBenchmark -p entries=10000000
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class PlanFileBenchmark {
  private static final int PER_FOLDER = 333;
  private static final String[] FOLDERS = texts("bench/module-%05d", 3_003);
  private static final String[] ROWS = texts("0199f8a4-1111-7000-8000-%012x", 1_024);

  @Param("1000000")
  int entries;

  private Path folder;
  private Path sealed;

  /** Writes the plan that is read. */
  @Setup
  public void seal() throws IOException {
    folder = Files.createTempDirectory("admix-jmh-");
    sealed = folder.resolve("sealed.jsonl");
    write(sealed);
  }

  /** Removes the plans. */
  @TearDown
  public void remove() throws IOException {
    Files.deleteIfExists(sealed);
    Files.deleteIfExists(folder.resolve("written.jsonl"));
    Files.delete(folder);
  }

  /** Written and sealed. */
  @Benchmark
  public PlanSummary write() throws IOException {
    return write(folder.resolve("written.jsonl"));
  }

  /** Checked from end to end. */
  @Benchmark
  public String check() throws IOException, InvalidPlanException {
    try (SealedPlan plan = SealedPlan.open(sealed)) {
      return plan.fileSha256();
    }
  }

  /** Every entry of every run. */
  @Benchmark
  public long read() throws IOException, InvalidPlanException {
    long bytes = 0;
    try (SealedPlan plan = SealedPlan.openTrusted(sealed)) {
      for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
        for (PlanEntry entry : plan.entries(runs.next())) {
          bytes += entry.size();
        }
      }
    }
    return bytes;
  }

  private PlanSummary write(Path file) throws IOException {
    SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
    methods.put(LinkMethod.HARDLINK, new MethodCount(entries, entries));
    try (PlanWriter writer = new PlanWriter(file, head())) {
      for (int i = 0; i < entries; i++) {
        writer.add(entry(i));
      }
      return writer.seal(methods, new Warnings());
    }
  }

  /** Made as it goes: ten million of them would fill the heap. */
  private static PlanEntry entry(int i) {
    String in = FOLDERS[i / PER_FOLDER % FOLDERS.length];
    String name = "File" + (10_000_000 + i) + ".java";
    Seen seen = new Seen(i + 1, 1_700_000_000_000_000_000L + i);
    return new PlanEntry(0, in, name, in, name, i, seen, ROWS[i % ROWS.length]);
  }

  private static String[] texts(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).toArray(String[]::new);
  }

  private PlanHead head() {
    String json =
        "{\"name\":\"mix\",\"seed\":42,\"sources\":[{\"name\":\"bench\",\"dataset\":\"bench\",\"count\":%d}]}"
            .formatted(entries);
    var recipe = RecipeJson.parse(json);
    return new PlanHead(
        recipe,
        RecipeJson.write(recipe),
        "/data",
        "/out/mix",
        "UTC",
        entries,
        null,
        List.of(
            new HeadSource(
                new PlanSource("bench", "/data/bench", "id", "bench"), entries, entries)));
  }
}
