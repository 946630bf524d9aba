package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
      assertThat(reads.<Integer, RuntimeException>read(() -> 3)).isEqualTo(3);
    }
  }

  @Test
  void aReadThatFails_givesItsPlaceBack() throws Exception {
    LongReads reads = new LongReads(0);
    for (int i = 0; i <= LongReads.MOST; i++) {
      assertThatThrownBy(() ->
              reads.read(() -> {
                throw new IllegalStateException("broken");
              }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(reads.<Integer, RuntimeException>read(() -> 3)).isEqualTo(3);
  }
}
