package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final long GB = 1L << 30;

  @Test
  void theSeedsFormula_whereMemorySuffices() {
    assertThat(workers(CopySettings.DEFAULTS, 4, 8 * GB)).isEqualTo(16);
    assertThat(workers(CopySettings.DEFAULTS, 1, 8 * GB)).isEqualTo(8);
    assertThat(workers(CopySettings.DEFAULTS, 64, 64 * GB)).isEqualTo(128);
  }

  @Test
  void memoryBoundsIt_andWinsOverTheMinimum() {
    // 1 GB less 20 % at 32 MB each is 25 workers; 100 MB allow 2, fewer than the minimum of 8.
    assertThat(workers(CopySettings.DEFAULTS, 64, GB)).isEqualTo(25);
    assertThat(workers(CopySettings.DEFAULTS, 64, 100L << 20)).isEqualTo(2);
  }

  @Test
  void itIsNeverBelowOne() {
    assertThat(workers(CopySettings.DEFAULTS, 1, 0)).isEqualTo(1);
    assertThat(workers(CopySettings.DEFAULTS, 1, 10L << 20)).isEqualTo(1);
  }

  @Test
  void fixed_isUsedAsItIs() {
    CopySettings fixed = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, false, 10, 2000, true);
    assertThat(workers(fixed, 1, 0)).isEqualTo(10);
    assertThat(Concurrency.of(fixed, new Resources(1, 0, "test")).reasons())
        .contains("admix.copy.fixed-concurrency");
  }

  @Test
  void theReasonsNameWhatDecided() {
    assertThat(reasons(4, 8 * GB)).contains("16 workers", "cpus decide", "test");
    assertThat(reasons(64, GB)).contains("25 workers", "memory decides");
    assertThat(reasons(1, 8 * GB)).contains("the minimum decides");
    assertThat(reasons(64, 64 * GB)).contains("the maximum decides");
  }

  private static int workers(CopySettings settings, int cpus, long memory) {
    return Concurrency.of(settings, new Resources(cpus, memory, "test")).workers();
  }

  private static String reasons(int cpus, long memory) {
    return Concurrency.of(CopySettings.DEFAULTS, new Resources(cpus, memory, "test")).reasons();
  }
}
