package io.admix.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.pace.PaceMemory.Kind;
import io.admix.engine.pace.PaceMemory.Place;
import org.junit.jupiter.api.Test;

class PaceMemoryTest {
  @Test
  void eachMountAndKind_isRememberedByItself_andOnlyTheLast64() {
    PaceMemory memory = new PaceMemory();
    for (int mount = 0; mount < 100; mount++) {
      memory.keep(new Place(mount, 1, Kind.LINKS), Learned.startAt(mount + 1));
      memory.of(new Place(0, 1, Kind.LINKS));
    }
    assertThat(memory.of(new Place(0, 1, Kind.LINKS))).contains(Learned.startAt(1));
    assertThat(memory.of(new Place(99, 1, Kind.LINKS))).contains(Learned.startAt(100));
    assertThat(memory.of(new Place(99, 1, Kind.COPIES))).isEmpty();
    assertThat(memory.of(new Place(99, 2, Kind.LINKS))).isEmpty();
    long kept =
        java.util.stream.IntStream.range(0, 100)
            .filter(mount -> memory.of(new Place(mount, 1, Kind.LINKS)).isPresent())
            .count();
    assertThat(kept).isEqualTo(64);
  }
}
