package io.admix.files;

import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Folder.Expected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers of several tasks, so of several placers, at the same sources. */
@Timeout(60)
class InodeTurnsTest {
  private static final int LINKS = 20;

  @TempDir Path root;
  private final FaultLayer access = new FaultLayer(FileAccess.portable());

  @BeforeEach
  void makeFolders() throws Exception {
    root = root.toRealPath();
    Files.createDirectory(root.resolve("source"));
    Files.createDirectory(root.resolve("target0"));
    Files.createDirectory(root.resolve("target1"));
    Files.writeString(root.resolve("source/a"), "a");
    Files.writeString(root.resolve("source/b"), "b");
    Sources.watch(root.resolve("source"));
  }

  @Test
  void oneInode_isLinkedByOneWorkerAtATime() throws Exception {
    AtomicInteger linking = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(2);
    access.around(
        Operation.LINK,
        (call, act) -> {
          most.accumulateAndGet(linking.incrementAndGet(), Math::max);
          second.countDown();
          // The first one gives the other worker time to come in, if it can.
          waitFor(() -> second.await(100, TimeUnit.MILLISECONDS));
          act.run();
          linking.decrementAndGet();
        });
    CompletableFuture<Integer> one = placing("a", "target0");
    assertThat(placing("a", "target1").get() + one.get()).isEqualTo(2 * LINKS);
    assertThat(most).hasValue(1);
  }

  @Test
  void differentInodes_areLinkedTogether() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    access.around(
        Operation.LINK,
        (call, act) -> {
          waitFor(() -> together.await(20, TimeUnit.SECONDS) >= 0);
          act.run();
        });
    CompletableFuture<Integer> one = placing("a", "target0");
    assertThat(placing("b", "target1").get() + one.get()).isEqualTo(2 * LINKS);
  }

  @Test
  void whoWaitedForItsTurn_isAskedWhetherTheTaskIsStillItsOwn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    access.around(
        Operation.LINK,
        (call, act) -> {
          inside.countDown();
          waitFor(() -> goOn.await(20, TimeUnit.SECONDS));
          act.run();
        });
    CompletableFuture<Integer> first = placing("a", "target0");
    inside.await();
    AtomicInteger asked = new AtomicInteger();
    Thread waiting =
        Thread.ofPlatform().start(() -> place("a", "target1", 1, asked::incrementAndGet));
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasValue(0);
    goOn.countDown();
    waiting.join();
    assertThat(asked).hasValue(1);
    assertThat(first.get()).isEqualTo(LINKS);
  }

  private static void waitFor(Callable<Boolean> event) {
    try {
      event.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Integer> placing(String source, String target) {
    return CompletableFuture.supplyAsync(
        () -> place(source, target, LINKS, () -> {}), task -> Thread.ofPlatform().start(task));
  }

  private int place(String source, String target, int links, Runnable stillOurs) {
    Placer placer = new Placer(List.of(HARDLINK), stillOurs);
    int placed = 0;
    try (Folder from = access.open(root.resolve("source"));
        Folder to = access.open(root.resolve(target))) {
      Stat stat = from.stat(source);
      Expected expected = new Expected(stat.inode(), stat.size(), stat.modifiedNs());
      String path = root.resolve("source").resolve(source).toString();
      for (int i = 0; i < links; i++) {
        boolean isThere =
            placer.place(from, source, path, expected, to, "f" + i) instanceof Outcome.Placed;
        placed += isThere ? 1 : 0;
      }
    } catch (Fault | PlacingStoppedException e) {
      throw new IllegalStateException(e);
    }
    return placed;
  }
}
