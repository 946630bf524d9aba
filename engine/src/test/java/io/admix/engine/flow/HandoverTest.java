package io.admix.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoverTest {
  @Test
  void everythingArrivesInOrder() throws IOException {
    List<Integer> arrived = new ArrayList<>();
    try (Handover<Integer> handover = new Handover<>("test", arrived::add)) {
      for (int i = 0; i < 10_007; i++) {
        handover.add(i);
      }
      handover.finish();
    }
    assertThat(arrived).isEqualTo(IntStream.range(0, 10_007).boxed().toList());
  }

  @Test
  void aConsumerThatFails_stopsTheCaller() {
    Handover<Integer> handover =
        new Handover<>(
            "test",
            made -> {
              throw new IOException("disk full at " + made);
            });
    try (handover) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000_000; i++) {
                  handover.add(i);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("disk full at 0");
    }
  }

  @Test
  void aFailureInTheLastBatch_isThrownByFinish() throws IOException {
    try (Handover<Integer> handover =
        new Handover<>(
            "test",
            made -> {
              throw new IllegalStateException("broken");
            })) {
      handover.add(1);
      assertThatThrownBy(handover::finish).hasMessage("broken");
    }
  }

  @Test
  void aClosedHandover_dropsWhatWaits_andItsThreadEnds() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Integer> arrived = new ArrayList<>();
    Handover<Integer> handover =
        new Handover<>(
            "test",
            made -> {
              arrived.add(made);
              entered.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    for (int i = 0; i < 1_024; i++) {
      handover.add(i);
    }
    entered.await();
    Thread closing = Thread.ofPlatform().start(handover::close);
    goOn.countDown();
    closing.join();
    assertThat(arrived).hasSizeBetween(1, 1_024);
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("test"));
  }
}
