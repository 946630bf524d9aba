package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.plan.PlanRun;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  @Test
  void runsOfOneFolder_goToOneWorkerAtATime_andOthersGoAhead() throws Exception {
    RunQueue queue = new RunQueue(10, 1);
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
  void moreWorkersPerFolder_whereAllowed() throws Exception {
    RunQueue queue = new RunQueue(10, 2);
    put(queue, run(0, "a"), run(1, "a"), run(2, "a"), run(3, "b"));
    assertThat(queue.take().orElseThrow().number()).isZero();
    assertThat(queue.take().orElseThrow().number()).isEqualTo(1);
    assertThat(queue.take().orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void aFullQueue_holdsTheReaderBack() throws Exception {
    RunQueue queue = new RunQueue(2, 1);
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
    RunQueue queue = new RunQueue(2, 1);
    CompletableFuture<Optional<PlanRun>> waiting = inBackground(queue);
    queue.end();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aStop_freesEverybody() throws Exception {
    RunQueue queue = new RunQueue(1, 1);
    put(queue, run(0, "a"));
    assertThat(queue.take()).isPresent();
    put(queue, run(1, "a"));
    CompletableFuture<Optional<PlanRun>> waiting = inBackground(queue);
    queue.stop();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(queue.put(run(2, "b"))).isFalse();
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

  private static PlanRun run(long number, String folder) {
    return new PlanRun(number, -1, folder, 1, 0, 0);
  }
}
