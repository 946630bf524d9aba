package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.engine.RunMeter;
import io.admix.engine.plan.PlanRun;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrewTest {
  private final AtomicInteger metered = new AtomicInteger();
  private final RunMeter meter =
      new RunMeter() {
        @Override
        public void workers(int more) {
          metered.addAndGet(more);
        }
      };

  @Test
  void whileAllRunsAreHandedOver_andTheEndIsWaitedFor_moreCanStillBeSetToWork() throws Exception {
    RunQueue queue = queueOf(4, 1);
    CountDownLatch firstWorks = new CountDownLatch(1);
    CountDownLatch allWork = new CountDownLatch(4);
    Crew crew =
        new Crew(
            queue,
            () -> {
              firstWorks.countDown();
              work(queue, allWork);
            },
            meter);
    crew.workers(1);
    firstWorks.await();
    Thread joining = joining(crew);
    while (joining.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    crew.workers(4);
    joining.join();
    assertThat(allWork.getCount()).isZero();
    assertThat(metered).hasValue(0);
    crew.workers(8);
    assertThat(metered).hasValue(0);
  }

  @Test
  void whereEvenTheFirstThreadIsRefused_thatIsSaid() throws Exception {
    Crew crew = new Crew(queueOf(2, 2), () -> {}, meter, refusingAfter(0));
    assertThatThrownBy(() -> crew.workers(2))
        .isInstanceOf(HaltedException.class)
        .hasMessageContaining("no more threads")
        .hasMessageContaining("resume");
    crew.joinAll();
    assertThat(metered).hasValue(0);
  }

  @Test
  void whereSomeThreadsAreRefused_theOthersDoTheWork() throws Exception {
    RunQueue queue = queueOf(3, 3);
    CountDownLatch done = new CountDownLatch(3);
    Crew crew =
        new Crew(
            queue,
            () -> {
              for (Optional<PlanRun> run = take(queue); run.isPresent(); run = take(queue)) {
                queue.done(run.get());
                done.countDown();
              }
            },
            meter,
            refusingAfter(1));
    crew.workers(3);
    crew.join();
    assertThat(done.getCount()).isZero();
  }

  private static Thread joining(Crew crew) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            crew.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Each run is held until all of them are worked at, which needs as many workers. */
  private static void work(RunQueue queue, CountDownLatch allWork) {
    for (Optional<PlanRun> run = take(queue); run.isPresent(); run = take(queue)) {
      allWork.countDown();
      try {
        allWork.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      queue.done(run.get());
    }
  }

  private static Optional<PlanRun> take(RunQueue queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RunQueue queueOf(int runs, int workers) throws InterruptedException {
    RunQueue queue = new RunQueue(10, 1, workers);
    for (int i = 0; i < runs; i++) {
      queue.put(new PlanRun(i, -1, "folder " + i, 1, 0, 0));
    }
    queue.end();
    return queue;
  }

  private static ThreadFactory refusingAfter(int threads) {
    AtomicInteger made = new AtomicInteger();
    return work ->
        new Thread(work) {
          @Override
          public synchronized void start() {
            if (made.getAndIncrement() >= threads) {
              throw new OutOfMemoryError("no more threads");
            }
            super.start();
          }
        };
  }
}
