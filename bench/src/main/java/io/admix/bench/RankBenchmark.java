package io.admix.bench;

import io.admix.core.select.Ranker;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for the rank of one file, out of so many paths that they come from memory.
 *
 * <pre>
 * bench/bench.py jmh
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main RankBenchmark -p files=10000000
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class RankBenchmark {
  @Param("1000000")
  int files;

  private final Ranker ranker = Ranker.of(42, "bench", 1);
  private byte[][] paths;
  private int next;

  /** Paths of some forty bytes, as those of source code are. */
  @Setup
  public void paths() {
    paths = new byte[files][];
    for (int i = 0; i < files; i++) {
      paths[i] =
          "module-%05d/src/main/File%08d.java"
              .formatted(i / 500, i)
              .getBytes(StandardCharsets.UTF_8);
    }
  }

  /** One rank. */
  @Benchmark
  public long rank() {
    next = next + 1 == files ? 0 : next + 1;
    return ranker.rank(paths[next]);
  }
}
