package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LongReadsTest {

  @Test
  void noMoreThanAFew_readAtATime_andTheOthersAreToldToComeAgain() throws Exception {
    LongReads reads = new LongReads(0);
    CountDownLatch begun = new CountDownLatch(LongReads.MOST);
    CountDownLatch end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < LongReads.MOST; i++) {
        all.add(
            threads.submit(() ->
                reads.<Integer, InterruptedException>read(() -> {
                  begun.countDown();
                  end.await();
                  return 1;
                })));
      }
      begun.await();
      assertThatThrownBy(() -> reads.read(() -> 2)).isInstanceOf(BusyException.class);
      end.countDown();
      for (Future<Integer> one : all) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void oneOwner_hasNotAllPlaces_soThatOthersRead() throws Exception {
    LongReads reads = new LongReads(0);
    Actor anna = Actor.of("anna");
    CountDownLatch begun = new CountDownLatch(LongReads.MOST_OF_ONE);
    CountDownLatch end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> hers = new ArrayList<>();
      for (int i = 0; i < LongReads.MOST_OF_ONE; i++) {
        hers.add(
            threads.submit(() ->
                reads.<Integer, InterruptedException>read(
                    anna,
                    () -> {
                      begun.countDown();
                      end.await();
                      return 1;
                    })));
      }
      try {
        begun.await();
        assertThatThrownBy(() -> reads.read(anna, () -> 2))
            .isInstanceOf(BusyException.class)
            .hasMessageContaining("of your requests");
        assertThat(reads.<Integer, RuntimeException>read(Actor.of("berta"), () -> 3)).isEqualTo(3);
        assertThat(reads.<Integer, RuntimeException>read(Actor.SYSTEM, () -> 4)).isEqualTo(4);
      } finally {
        end.countDown();
      }
      for (Future<Integer> one : hers) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void anOwnersReadThatEnds_givesItsPlacesBack() throws Exception {
    LongReads reads = new LongReads(60);
    for (int i = 0; i <= LongReads.MOST; i++) {
      assertThat(reads.<Integer, RuntimeException>read(Actor.of("anna"), () -> 3)).isEqualTo(3);
      assertThatThrownBy(() ->
              reads.read(
                  Actor.of("anna"),
                  () -> {
                    throw new IllegalStateException("broken");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whoFindsAllPlacesTaken_keepsNoneOfHisOwn() throws Exception {
    LongReads reads = new LongReads(0);
    CountDownLatch begun = new CountDownLatch(LongReads.MOST);
    CountDownLatch end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LongReads.MOST; i++) {
        threads.submit(() ->
            reads.<Integer, InterruptedException>read(
                Actor.SYSTEM,
                () -> {
                  begun.countDown();
                  end.await();
                  return 1;
                }));
      }
      try {
        begun.await();
        for (int i = 0; i <= LongReads.MOST_OF_ONE; i++) {
          assertThatThrownBy(() -> reads.read(Actor.of("anna"), () -> 2))
              .isInstanceOf(BusyException.class)
              .hasMessageContaining(LongReads.MOST + " requests");
        }
      } finally {
        end.countDown();
      }
    }
  }

  @Test
  void aReadThatFails_givesItsPlaceBack() throws Exception {
    LongReads reads = new LongReads(60);
    for (int i = 0; i <= LongReads.MOST; i++) {
      assertThatThrownBy(() ->
              reads.read(() -> {
                throw new IllegalStateException("broken");
              }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(reads.<Integer, RuntimeException>read(() -> 3)).isEqualTo(3);
  }

  /** What is within native code keeps the processor that its virtual thread has: so does this. */
  @Test
  void slowReads_stopNobodyElse() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    LongReads reads = server.context().getBean(LongReads.class);
    CountDownLatch begun = new CountDownLatch(LongReads.MOST);
    AtomicBoolean end = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    try {
      for (int i = 0; i < LongReads.MOST; i++) {
        readers.add(
            Thread.startVirtualThread(() -> {
              try {
                reads.<Integer, RuntimeException>read(() -> {
                  begun.countDown();
                  while (!end.get()) {
                    Thread.onSpinWait();
                  }
                  return 1;
                });
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            }));
      }
      assertThat(begun.await(1, TimeUnit.MINUTES)).as("all of them read").isTrue();
      assertThat(server.http().get("/health").status()).isEqualTo(200);
      assertThat(server.http().get("/api/v1/tasks").status()).isEqualTo(200);
    } finally {
      end.set(true);
    }
    for (Thread reader : readers) {
      reader.join();
    }
  }

  @Test
  void whoIsInterrupted_interruptsHisRead_andItsPlaceIsFreeAgain() throws Exception {
    LongReads reads = new LongReads(60);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                reads.<Integer, RuntimeException>read(() -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.countDown();
                  }
                  return 1;
                });
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    begun.await();
    caller.interrupt();
    interrupted.await();
    caller.join();
    for (int i = 0; i <= LongReads.MOST; i++) {
      assertThat(reads.<Integer, RuntimeException>read(() -> 3)).isEqualTo(3);
    }
  }
}
