package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.plan.PlanRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunQueueTest {
  @Test
  void runsOfOneFolder_goToOneWorkerAtATime_andOthersGoAhead() throws Exception {
    RunQueue queue = new RunQueue(10, 1, 100);
    put(queue, run(0, "a"), run(1, "a"), run(2, "b"));
    queue.end();
    PlanRun first = queue.take().orElseThrow();
    PlanRun second = queue.take().orElseThrow();
    assertThat(first.number()).isZero();
    assertThat(second.number()).isEqualTo(2);
    Waiter<Optional<PlanRun>> third = waiting(queue::take);
    queue.done(second);
    third.assertWaits();
    queue.done(first);
    assertThat(third.get().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void moreWorkersPerFolder_whereAllowed_andTheFolderWithFewestFirst() throws Exception {
    RunQueue queue = new RunQueue(10, 2, 100);
    put(queue, run(0, "a"), run(1, "a"), run(2, "a"), run(3, "b"), run(4, "b"));
    queue.end();
    assertThat(numbers(queue, 4)).containsExactly(0L, 3L, 1L, 4L);
    assertThat(queue.usable()).isEqualTo(4);
    queue.done(run(0, "a"));
    assertThat(numbers(queue, 1)).containsExactly(2L);
  }

  @Test
  void sixtyFourWorkers_findSixtyFourFolders_whereFoldersAreLong() throws Exception {
    RunQueue queue = new RunQueue(Placing.QUEUE_RUNS, 1, 64);
    for (int i = 0; i < Placing.QUEUE_RUNS; i++) {
      put(queue, run(i, "folder " + i / 256));
    }
    assertThat(queue.usable()).isEqualTo(64);
    assertThat(numbers(queue, 64)).allMatch(number -> number % 256 == 0).doesNotHaveDuplicates();
  }

  @Test
  void noMoreWorkersThanAllowed_takeARun() throws Exception {
    RunQueue queue = new RunQueue(10, 1, 2);
    put(queue, run(0, "a"), run(1, "b"), run(2, "c"), run(3, "d"));
    assertThat(numbers(queue, 2)).containsExactly(0L, 1L);
    Waiter<Optional<PlanRun>> third = waiting(queue::take);
    Waiter<Optional<PlanRun>> fourth = waiting(queue::take);
    third.assertWaits();
    queue.workers(4);
    assertThat(third.get()).isPresent();
    assertThat(fourth.get()).isPresent();
  }

  @Test
  void whenFewerAreAllowed_theOthersPauseBetweenTwoFiles_andGoOnBeforeAnythingNew()
      throws Exception {
    RunQueue queue = new RunQueue(10, 1, 2);
    put(queue, run(0, "a"), run(1, "b"), run(2, "c"));
    assertThat(numbers(queue, 2)).containsExactly(0L, 1L);
    queue.pauseWhileTooMany();
    queue.workers(1);
    Waiter<Boolean> paused = pausing(queue);
    queue.pauseWhileTooMany();
    Waiter<Optional<PlanRun>> next = waiting(queue::take);
    queue.done(run(0, "a"));
    paused.get();
    next.assertWaits();
    queue.done(run(1, "b"));
    assertThat(next.get().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void aStop_freesWhoeverIsPaused() throws Exception {
    RunQueue queue = new RunQueue(10, 1, 2);
    put(queue, run(0, "a"), run(1, "b"));
    numbers(queue, 2);
    queue.workers(1);
    Waiter<Boolean> paused = pausing(queue);
    queue.stop();
    paused.get();
  }

  @Test
  void manyBytes_goFirst_theLargestBefore_butWithAQuarterOfTheWorkers() throws Exception {
    RunQueue queue = new RunQueue(100, 100, 8);
    for (int i = 0; i < 20; i++) {
      put(queue, run(i, "a"));
    }
    put(queue, sized(20, 200L << 20), sized(21, 900L << 20), sized(22, 300L << 20));
    assertThat(numbers(queue, 8)).containsExactly(21L, 22L, 0L, 1L, 2L, 3L, 4L, 5L);
    queue.done(run(0, "a"));
    assertThat(numbers(queue, 1)).containsExactly(6L);
    queue.done(sized(22, 300L << 20));
    assertThat(numbers(queue, 1)).containsExactly(20L);
  }

  @Test
  void manyBytes_getOneOfTwoOrThreeWorkers_andASingleOneTakesSmallFilesFirst() throws Exception {
    assertThat(numbers(smallAndLarge(3), 3)).containsExactly(3L, 0L, 1L);
    assertThat(numbers(smallAndLarge(2), 2)).containsExactly(3L, 0L);
    RunQueue alone = smallAndLarge(1);
    assertThat(numbers(alone, 1)).containsExactly(0L);
  }

  private static RunQueue smallAndLarge(int workers) throws InterruptedException {
    RunQueue queue = new RunQueue(100, 100, workers);
    put(queue, run(0, "a"), run(1, "a"), run(2, "a"));
    put(queue, sized(3, 900L << 20), sized(4, 300L << 20));
    return queue;
  }

  @Test
  void whereNothingElseWaits_allWorkersTakeWhatIsLarge() throws Exception {
    RunQueue queue = new RunQueue(100, 1, 3);
    put(queue, sized(0, 200L << 20), sized(1, 900L << 20), sized(2, 300L << 20));
    assertThat(queue.usable()).isEqualTo(3);
    assertThat(numbers(queue, 3)).containsExactly(1L, 2L, 0L);
  }

  @Test
  void aFullQueue_holdsTheReaderBack() throws Exception {
    RunQueue queue = new RunQueue(2, 1, 100);
    put(queue, run(0, "a"), run(1, "b"));
    Waiter<Boolean> third = waiting(() -> queue.put(run(2, "c")));
    third.assertWaits();
    queue.take();
    assertThat(third.get()).isTrue();
    assertThat(queue.outstandingMax()).isEqualTo(3);
  }

  @Test
  void atTheEnd_workersGetNothing() throws Exception {
    RunQueue queue = new RunQueue(2, 1, 100);
    Waiter<Optional<PlanRun>> waiting = waiting(queue::take);
    queue.end();
    assertThat(waiting.get()).isEmpty();
  }

  @Test
  void aStop_freesEverybody() throws Exception {
    RunQueue queue = new RunQueue(1, 1, 100);
    put(queue, run(0, "a"));
    assertThat(queue.take()).isPresent();
    put(queue, run(1, "a"));
    Waiter<Optional<PlanRun>> waiting = waiting(queue::take);
    queue.stop();
    assertThat(waiting.get()).isEmpty();
    assertThat(queue.put(run(2, "b"))).isFalse();
  }

  private static List<Long> numbers(RunQueue queue, int runs) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      numbers.add(queue.take().orElseThrow().number());
    }
    return numbers;
  }

  /** A call on a thread of its own, which stands still by the time that it is given out. */
  private record Waiter<T>(Thread thread, FutureTask<T> call) {
    void assertWaits() {
      while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
        Thread.onSpinWait();
      }
      assertThat(call.isDone()).isFalse();
    }

    T get() throws Exception {
      return call.get();
    }
  }

  private static <T> Waiter<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Waiter<T> waiter = new Waiter<>(Thread.ofPlatform().daemon().start(task), task);
    waiter.assertWaits();
    return waiter;
  }

  private static Waiter<Boolean> pausing(RunQueue queue) {
    Waiter<Boolean> waiter =
        waiting(() -> {
          queue.pauseWhileTooMany();
          return true;
        });
    while (queue.paused() == 0) {
      Thread.onSpinWait();
    }
    return waiter;
  }

  private static void put(RunQueue queue, PlanRun... runs) throws InterruptedException {
    for (PlanRun run : runs) {
      assertThat(queue.put(run)).isTrue();
    }
  }

  private static PlanRun sized(long number, long bytes) {
    return new PlanRun(number, -1, "a", 1, 0, 0, bytes);
  }

  private static PlanRun run(long number, String folder) {
    return new PlanRun(number, -1, folder, 1, 0, 0);
  }
}
