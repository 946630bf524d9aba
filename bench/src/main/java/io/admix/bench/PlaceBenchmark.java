package io.admix.bench;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Outcome;
import io.admix.files.Placer;
import io.admix.files.PlacingStoppedException;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Microseconds for one hard link that is made and checked, of a folder of 1,000 files again and
 * again into one folder that grows, which is a fresh one for each iteration. Nothing is deleted
 * before the end: creating after a mass deletion is slow on ext4.
 *
 * <pre>
 * bench/bench.py jmh
 * java --enable-native-access=ALL-UNNAMED -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main PlaceBenchmark -p folder=/dev/shm,/mnt/ext4
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class PlaceBenchmark {
  private static final int SOURCES = 1_000;

  /** Where sources and targets are made, on the file system that is measured. */
  @Param("/dev/shm")
  String folder;

  private final FileAccess access = FileAccess.best();
  private final Placer placer = new Placer(List.of(LinkMethod.HARDLINK));
  private final String[] names = new String[SOURCES];
  private final Folder.Expected[] seen = new Folder.Expected[SOURCES];
  private Path root;
  private Folder source;
  private Folder target;
  private int number;

  /** Makes the sources and looks at each. */
  @Setup
  public void sources() throws IOException, Fault {
    root = Files.createTempDirectory(Path.of(folder), "admix-jmh-");
    Path from = Files.createDirectory(root.resolve("source"));
    source = access.open(from);
    for (int i = 0; i < SOURCES; i++) {
      names[i] = "%06d".formatted(i);
      Files.createFile(from.resolve(names[i]));
      Stat stat = source.stat(names[i]);
      seen[i] = new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs());
    }
  }

  /** A fresh target folder. */
  @Setup(Level.Iteration)
  public void target() throws IOException, Fault {
    target = access.open(Files.createTempDirectory(root, "target-"));
  }

  /** Closes it; it stays until the end. */
  @TearDown(Level.Iteration)
  public void closeTarget() {
    target.close();
  }

  /** Removes everything. */
  @TearDown
  public void remove() throws IOException {
    source.close();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }

  /** One link, one look at it. */
  @Benchmark
  public Outcome linkAndCheck() throws PlacingStoppedException {
    int i = number % SOURCES;
    Outcome outcome =
        placer.place(source, names[i], names[i], seen[i], target, Integer.toString(number++, 36));
    if (!(outcome instanceof Outcome.Placed)) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }
}
