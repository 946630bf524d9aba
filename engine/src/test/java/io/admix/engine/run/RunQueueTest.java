package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.plan.PlanRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
    CompletableFuture<Optional<PlanRun>> third = inBackground(queue);
    queue.done(second);
    assertThat(third).isNotDone();
    queue.done(first);
    assertThat(third.get(10, TimeUnit.SECONDS).orElseThrow().number()).isEqualTo(1);
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
    CompletableFuture<Optional<PlanRun>> third = inBackground(queue);
    CompletableFuture<Optional<PlanRun>> fourth = inBackground(queue);
    assertThat(third).isNotDone();
    assertThat(fourth).isNotDone();
    queue.workers(4);
    assertThat(third.get(10, TimeUnit.SECONDS)).isPresent();
    assertThat(fourth.get(10, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  void whenFewerAreAllowed_theOthersPauseBetweenTwoFiles_andGoOnBeforeAnythingNew()
      throws Exception {
    RunQueue queue = new RunQueue(10, 1, 2);
    put(queue, run(0, "a"), run(1, "b"), run(2, "c"));
    assertThat(numbers(queue, 2)).containsExactly(0L, 1L);
    queue.pauseWhileTooMany();
    queue.workers(1);
    CompletableFuture<Void> paused = CompletableFuture.runAsync(queue::pauseWhileTooMany);
    while (queue.paused() == 0) {
      Thread.onSpinWait();
    }
    queue.pauseWhileTooMany();
    CompletableFuture<Optional<PlanRun>> next = inBackground(queue);
    queue.done(run(0, "a"));
    paused.get(10, TimeUnit.SECONDS);
    assertThat(next).isNotDone();
    queue.done(run(1, "b"));
    assertThat(next.get(10, TimeUnit.SECONDS).orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void aStop_freesWhoeverIsPaused() throws Exception {
    RunQueue queue = new RunQueue(10, 1, 2);
    put(queue, run(0, "a"), run(1, "b"));
    numbers(queue, 2);
    queue.workers(1);
    CompletableFuture<Void> paused = CompletableFuture.runAsync(queue::pauseWhileTooMany);
    queue.stop();
    paused.get(10, TimeUnit.SECONDS);
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
    CompletableFuture<Boolean> third =
        CompletableFuture.supplyAsync(() -> {
          try {
            return queue.put(run(2, "c"));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(third).isNotDone();
    queue.take();
    assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(queue.outstandingMax()).isEqualTo(3);
  }

  @Test
  void atTheEnd_workersGetNothing() throws Exception {
    RunQueue queue = new RunQueue(2, 1, 100);
    CompletableFuture<Optional<PlanRun>> waiting = inBackground(queue);
    queue.end();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aStop_freesEverybody() throws Exception {
    RunQueue queue = new RunQueue(1, 1, 100);
    put(queue, run(0, "a"));
    assertThat(queue.take()).isPresent();
    put(queue, run(1, "a"));
    CompletableFuture<Optional<PlanRun>> waiting = inBackground(queue);
    queue.stop();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(queue.put(run(2, "b"))).isFalse();
  }

  private static List<Long> numbers(RunQueue queue, int runs) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      numbers.add(queue.take().orElseThrow().number());
    }
    return numbers;
  }

  private static CompletableFuture<Optional<PlanRun>> inBackground(RunQueue queue) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
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
