package io.admix.bench;

import io.admix.core.select.Cut;
import io.admix.core.select.CutFinder;
import io.admix.core.select.RankStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
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
 * Milliseconds for the exact cut of a third of so many ranked files: the pass that counts them in a
 * histogram, and the pass that keeps those of one bucket.
 *
 * <pre>
 * bench/bench.py jmh
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main CutBenchmark -p files=10000000
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class CutBenchmark {
  @Param("3000000")
  int files;

  private final byte[] path =
      "module-00042/src/main/File00000042.java".getBytes(StandardCharsets.UTF_8);
  private long[] ranks;

  /** Ranks as SipHash gives them: uniform. */
  @Setup
  public void ranks() {
    ranks = new SplittableRandom(42).longs(files).toArray();
  }

  /** Both passes. */
  @Benchmark
  public Cut histogramAndSelect() {
    RankStream<RuntimeException> stream =
        visitor -> {
          for (long rank : ranks) {
            visitor.visit(rank, path, 0, path.length);
          }
        };
    return CutFinder.find(stream, files / 3L);
  }
}
