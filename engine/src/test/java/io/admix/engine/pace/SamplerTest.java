package io.admix.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.pace.Sampler.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long MS = 1_000_000;

  private final Sampler sampler = new Sampler(sample(0, 0, 0), 2);

  @Test
  void aWindowIsHalfASecondOrMore_andHasFiveHundredFiles() {
    assertThat(sampler.add(sample(400, 10_000, 0), 4)).isEmpty();
    Window window = sampler.add(sample(500, 20_000, 0), 4).orElseThrow();
    assertThat(window.secondsPerFile()).isEqualTo(0.5 * 4 / 20_000);
    assertThat(window.rate()).isEqualTo(20_000 * 65_536.0 / 0.5);
    assertThat(sampler.add(sample(1_400, 20_499, 0), 4)).isEmpty();
    assertThat(sampler.add(sample(1_450, 20_500, 0), 4)).isPresent();
  }

  @Test
  void aSlowSystem_isAskedAtLeastEveryFiveSeconds() {
    assertThat(sampler.add(sample(4_900, 20, 0), 4)).isEmpty();
    Window window = sampler.add(sample(5_000, 20, 0), 4).orElseThrow();
    assertThat(window.secondsPerFile()).isEqualTo(1);
  }

  @Test
  void bytesOfAHugeFile_countWhileItIsCopied() {
    long mb = 1 << 20;
    assertThat(sampler.add(sample(600, 0, 100 * mb), 4)).isEmpty();
    Window window = sampler.add(sample(1_000, 0, 128 * mb), 4).orElseThrow();
    assertThat(window.rate()).isEqualTo(128.0 * mb);
  }

  @Test
  void fewWorkersWithWork_aCatalogueThatIsBehind_andBusyProcessors_areTold() {
    Optional<Window> none = sampler.add(new Sample(300 * MS, 1_000, 0, 0, 0, 3, true), 4);
    assertThat(none).isEmpty();
    Window window =
        sampler.add(new Sample(500 * MS, 2_000, 0, 7, 900 * MS, 9, true), 4).orElseThrow();
    assertThat(window.most()).isEqualTo(3);
    assertThat(window.isHeldBack()).isTrue();
    assertThat(window.isCpuBusy()).isTrue();
    assertThat(window.backOffs()).isEqualTo(7);
    Window next =
        sampler.add(new Sample(1_000 * MS, 4_000, 0, 7, 1_700 * MS, 9, false), 4).orElseThrow();
    assertThat(next).isEqualTo(new Window(next.rate(), 0, 9, next.secondsPerFile(), false, false));
  }

  @Test
  void aSystemThatRefuses_isToldOfAfterHalfASecond() {
    assertThat(sampler.add(new Sample(500 * MS, 3, 0, 1, 0, 9, false), 4)).isPresent();
  }

  @Test
  void afterAChange_whatWasSeenBeforeIsForgotten() {
    assertThat(sampler.add(sample(400, 10_000, 0), 4)).isEmpty();
    sampler.restart(sample(450, 12_000, 0));
    assertThat(sampler.add(sample(900, 20_000, 0), 8)).isEmpty();
    assertThat(sampler.add(sample(950, 22_000, 0), 8).orElseThrow().rate())
        .isEqualTo(10_000 * 65_536.0 / 0.5);
  }

  private static Sample sample(long ms, long files, long bytes) {
    return new Sample(ms * MS, files, bytes, 0, 0, 128, false);
  }
}
