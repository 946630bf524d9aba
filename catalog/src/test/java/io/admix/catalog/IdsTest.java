package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void eachIsAUuidOfVersionSevenWithTheTimeAndGreaterThanTheLast() {
    String last = "";
    for (int i = 0; i < 100_000; i++) {
      String id = Ids.next();
      assertThat(id).isGreaterThan(last);
      last = id;
    }
    UUID uuid = UUID.fromString(last);
    assertThat(uuid.toString()).isEqualTo(last);
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16)
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 60_000);
  }

  @Test
  void threadsNeverGetTheSame() throws Exception {
    var all = ConcurrentHashMap.<String>newKeySet();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        results.add(
            threads.submit(() -> {
              for (int i = 0; i < 20_000; i++) {
                all.add(Ids.next());
              }
            }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertThat(all).hasSize(80_000);
  }

  @Test
  void aBlockIsUnbrokenAndBelowWhatFollows() {
    Ids.Block block = Ids.block(3);
    assertThat(List.of(block.id(0), block.id(1), block.id(2))).isSorted().doesNotHaveDuplicates();
    assertThat(Ids.next()).isGreaterThan(block.id(2));
  }

  @Test
  void whatIsBeforeAnId_isBeforeAllThatWereMadeFromThenOn() {
    String id = Ids.next();
    String before = Ids.before(id, Duration.ofMinutes(10));
    assertThat(before).isLessThan(id);
    assertThat(Ids.before(before, Duration.ofMinutes(10))).isLessThan(before);
    assertThat(UUID.fromString(id).getMostSignificantBits() >>> 16)
        .isEqualTo((UUID.fromString(before).getMostSignificantBits() >>> 16) + 600_000);
    assertThat(Ids.before("no id", Duration.ZERO)).isEmpty();
    assertThat(Ids.before(UUID.randomUUID().toString(), Duration.ZERO)).isEmpty();
  }
}
