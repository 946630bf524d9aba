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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers of several tasks, so of several placers, at the same sources. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InodeTurnsTest {
  private static final int LINKS = 20;

  /** Waited for until the end of the test, so that a loaded machine shows nothing else. */
  private final InodeTurns turns = new InodeTurns(TimeUnit.HOURS.toNanos(1));

  @TempDir Path root;
  private final FaultLayer access = new FaultLayer(FileAccess.portable());

  @BeforeEach
  void makeFolders() throws Exception {
    root = root.toRealPath();
    Files.createDirectory(root.resolve("source"));
    Files.createDirectory(root.resolve("target0"));
    Files.createDirectory(root.resolve("target1"));
    Files.writeString(root.resolve("source/a"), "a");
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
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Integer> one = placing("a", "target0", start);
    assertThat(placing("a", "target1", start).get() + one.get()).isEqualTo(2 * LINKS);
    assertThat(most).hasValue(1);
  }

  @Test
  void differentInodes_areLinkedTogether() throws Exception {
    String other = nameWithAnotherLock();
    CyclicBarrier together = new CyclicBarrier(2);
    access.around(
        Operation.LINK,
        (call, act) -> {
          waitFor(() -> together.await(20, TimeUnit.SECONDS) >= 0);
          act.run();
        });
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Integer> one = placing("a", "target0", start);
    assertThat(placing(other, "target1", start).get() + one.get()).isEqualTo(2 * LINKS);
  }

  /** Which lock an inode falls on is chance. */
  private String nameWithAnotherLock() throws Exception {
    try (Folder source = access.open(root.resolve("source"))) {
      for (int i = 0; i < 10; i++) {
        String name = "b" + i;
        Sources.made(
            root.resolve("source"), Files.writeString(root.resolve("source").resolve(name), "b"));
        if (lockOf(source, name) != lockOf(source, "a")) {
          return name;
        }
      }
    }
    throw new AssertionError("ten files all have the lock of another one");
  }

  private ReentrantLock lockOf(Folder folder, String name) throws Fault {
    return turns.of(folder.deviceId(), folder.stat(name).inode());
  }

  @Test
  void whoeverHoldsATurnWithoutEnd_holdsNobodyUp() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean isHanging = new AtomicBoolean(true);
    access.around(
        Operation.LINK,
        (call, act) -> {
          if (isHanging.getAndSet(false)) {
            inside.countDown();
            waitFor(() -> goOn.await(50, TimeUnit.SECONDS));
          }
          act.run();
        });
    CompletableFuture<Integer> hanging =
        onOwnThread(() -> place("a", "target0", 1, () -> {}, InodeTurns.SHARED));
    inside.await();
    AtomicInteger asked = new AtomicInteger();
    assertThat(place("a", "target1", 1, asked::incrementAndGet, InodeTurns.SHARED)).isEqualTo(1);
    assertThat(hanging).isNotDone();
    assertThat(asked).hasValue(1);
    goOn.countDown();
    assertThat(hanging.get()).isEqualTo(1);
  }

  @Test
  void whoWaitedForItsTurn_isAskedWhetherTheTaskIsStillItsOwn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    access.around(
        Operation.LINK,
        (call, act) -> {
          inside.countDown();
          waitFor(() -> goOn.await(50, TimeUnit.SECONDS));
          act.run();
        });
    CompletableFuture<Integer> first =
        onOwnThread(() -> place("a", "target0", LINKS, () -> {}, turns));
    inside.await();
    AtomicInteger asked = new AtomicInteger();
    Thread waiting =
        Thread.ofPlatform().start(() -> place("a", "target1", 1, asked::incrementAndGet, turns));
    while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
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

  private CompletableFuture<Integer> placing(String source, String target, CyclicBarrier start) {
    return onOwnThread(() -> {
      waitFor(() -> start.await(20, TimeUnit.SECONDS) >= 0);
      return place(source, target, LINKS, () -> {}, turns);
    });
  }

  private static CompletableFuture<Integer> onOwnThread(Supplier<Integer> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().start(task));
  }

  private int place(
      String source, String target, int links, Runnable stillOurs, InodeTurns ofInodes) {
    Placer placer =
        new Placer(
            List.of(HARDLINK), LockSupport::parkNanos, FaultRules::reaction, stillOurs, ofInodes);
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
