package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link Scanner} finds, whatever the access. */
public abstract class ScannerContract {
  @TempDir protected Path root;

  /** The access to scan by. */
  protected abstract FileAccess access();

  private Map<String, Stat> scan(int threads) throws Exception {
    Map<String, Stat> found = new TreeMap<>();
    new Scanner(access())
        .scan(root, threads, (path, stat) -> assertThat(found.put(path, stat)).isNull());
    return found;
  }

  @Test
  protected void findsEveryFileOnce_onAnyNumberOfThreads() throws Exception {
    long seed = new Random().nextLong();
    Map<String, Long> expected = randomTree(new Random(seed));
    for (int threads : new int[] {1, 2, 8}) {
      Map<String, Long> sizes = new TreeMap<>();
      scan(threads).forEach((path, stat) -> sizes.put(path, stat.size()));
      assertThat(sizes).as("seed " + seed + ", threads " + threads).isEqualTo(expected);
    }
  }

  private Map<String, Long> randomTree(Random random) throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < 600; i++) {
      StringBuilder folder = new StringBuilder();
      for (int depth = random.nextInt(5); depth > 0; depth--) {
        folder.append('d').append(random.nextInt(4)).append('/');
      }
      String path = folder + "f" + i;
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), "x".repeat(i));
      expected.put(path, (long) i);
    }
    return expected;
  }

  @Test
  protected void passesOverAndCountsEverythingElse() throws Exception {
    Files.createDirectories(root.resolve("sub/.admix-42/inner"));
    Files.writeString(root.resolve("sub/.admix-42/inner/f"), "x");
    Files.writeString(root.resolve(".admix-1.part"), "x");
    Files.writeString(root.resolve("sub/file"), "x");
    Files.createSymbolicLink(root.resolve("to-file"), root.resolve("sub/file"));
    Files.createSymbolicLink(root.resolve("to-folder"), root.resolve("sub"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    String script = "cd \"$1\" && mkfifo sub/pipe && : > \"$(printf 'bad\\377')\"";
    assertThat(new ProcessBuilder("sh", "-c", script, "sh", root.toString()).start().waitFor())
        .isZero();
    Map<String, Stat> found = new TreeMap<>();
    Scanner.Skipped skipped = new Scanner(access()).scan(root, 2, found::put);
    assertThat(found.keySet()).containsExactly("sub/file");
    assertThat(skipped).isEqualTo(new Scanner.Skipped(3, 1, 1, 2, 0));
    assertThat(skipped.total()).isEqualTo(7);
  }

  @Test
  protected void moreFoldersThanAreHeldAtATime() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      Files.createDirectory(root.resolve("d" + i));
    }
    for (int i = 0; i < 5_000; i += 7) {
      Files.createFile(root.resolve("d" + i + "/f"));
    }
    assertThat(scan(2)).hasSize(715);
  }

  @Test
  protected void theSinkIsCalledByOneThreadAtATime() throws Exception {
    randomTree(new Random(1));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    new Scanner(access())
        .scan(
            root,
            8,
            (path, stat) -> {
              if (inside.incrementAndGet() > 1) {
                together.incrementAndGet();
              }
              Thread.yield();
              inside.decrementAndGet();
            });
    assertThat(together).hasValue(0);
  }

  @Test
  protected void whatTheSinkThrowsEndsTheWalk() throws Exception {
    randomTree(new Random(1));
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(() ->
            new Scanner(access())
                .scan(
                    root,
                    4,
                    (path, stat) -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThat(calls).hasValue(1);
  }

  @Test
  protected void anInterruptEndsTheWalk() throws Exception {
    randomTree(new Random(1));
    CountDownLatch inSink = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                new Scanner(access())
                    .scan(
                        root,
                        2,
                        (path, stat) -> {
                          inSink.countDown();
                          try {
                            goOn.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                        });
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    inSink.await();
    caller.interrupt();
    goOn.countDown();
    caller.join();
    // The walk may have been over before the interrupt was seen; then nothing is thrown.
    if (thrown.get() != null) {
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  protected void aMissingRootIsAFaultThatNamesIt() {
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> new Scanner(access()).scan(root.resolve("no"), 1, (p, s) -> {}));
    assertThat(fault.errno()).isEqualTo(Errno.ENOENT);
    assertThat(fault.getMessage()).contains(root.resolve("no").toString());
    assertThatThrownBy(() -> new Scanner(access()).scan(root, 0, (p, s) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  protected void anEmptyRoot() throws Exception {
    assertThat(scan(3)).isEmpty();
  }

  @Test
  protected void entriesThatVanishMeanwhileAreCounted() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    AtomicInteger calls = new AtomicInteger();
    Scanner.Skipped skipped =
        new Scanner(access())
            .scan(
                root,
                1,
                (path, stat) -> {
                  if (calls.incrementAndGet() == 1) {
                    for (int i = 0; i < 3_000; i++) {
                      root.resolve("f" + i).toFile().delete();
                    }
                  }
                });
    // The first batch was looked at before; what the listing had already read is missed after.
    assertThat(calls.get()).isEqualTo(256);
    assertThat(skipped.changed()).isPositive();
  }
}
