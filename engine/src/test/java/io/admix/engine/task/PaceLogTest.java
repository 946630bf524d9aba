package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Task;
import io.admix.engine.run.RunProgress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a task's pace is written down. */
class PaceLogTest {
  private static void add(PaceLog log, long ms, long files, int workers) {
    log.add(
        new RunProgress(Task.Phase.PLACING, "", files, 0, files * 10, 0, 0, 0, workers, 8, ""),
        TimeUnit.MILLISECONDS.toNanos(ms));
  }

  @Test
  void ratesAreThoseBetweenTwoMoments_andTheNewestIsAlwaysThere() {
    PaceLog log = PaceLog.after("", 0);
    add(log, 0, 0, 0);
    add(log, 500, 100, 2);
    add(log, 1_000, 400, 4);
    add(log, 1_100, 450, 1);
    assertThat(log.pace().samples())
        .containsExactly(
            new Pace.Sample(0, 0, 0, 0, 0, 8),
            new Pace.Sample(0.5, 100, 1_000, 200, 2, 8),
            new Pace.Sample(1, 400, 4_000, 600, 4, 8),
            new Pace.Sample(1.1, 450, 4_500, 500, 1, 8));
    add(log, 1_150, 460, 1);
    assertThat(log.pace().samples().getLast().seconds()).isEqualTo(1.15);
    assertThat(log.pace().samples()).hasSize(4);
  }

  @Test
  void aDayOfRunning_isKeptInFewPoints_evenlySpread() {
    PaceLog log = PaceLog.after("", 0);
    for (long ms = 0; ms <= 86_400_000L; ms += 1_000) {
      add(log, ms, ms, 1);
    }
    List<Pace.Sample> samples = log.pace().samples();
    assertThat(samples).hasSizeBetween(PaceLog.POINTS_MAX / 4, PaceLog.POINTS_MAX);
    assertThat(samples.getFirst().seconds()).isZero();
    assertThat(samples.getLast().files()).isEqualTo(86_400_000L);
    for (int i = 1; i < samples.size(); i++) {
      assertThat(samples.get(i).seconds() - samples.get(i - 1).seconds()).isLessThan(1_024);
    }
  }

  @Test
  void whatIsKept_isShort_andTheNextRunGoesOnAfterIt() {
    PaceLog first = PaceLog.after("", 0);
    for (int i = 0; i < 500; i++) {
      add(first, i * 250, i, 3);
    }
    String kept = first.text(150);
    assertThat(PaceLog.pace(kept).samples()).hasSizeBetween(100, 151);
    assertThat(PaceLog.pace(kept).samples().getLast())
        .usingRecursiveComparison()
        .ignoringFields("filesPerSecond")
        .isEqualTo(first.pace().samples().getLast());
    PaceLog second = PaceLog.after(kept, TimeUnit.HOURS.toNanos(5));
    add(second, TimeUnit.HOURS.toMillis(5) + 1_000, 700, 4);
    Pace.Sample last = second.pace().samples().getLast();
    assertThat(last.seconds()).as("the pause does not count").isEqualTo(499 * 0.25 + 1);
    assertThat(last.files()).isEqualTo(700);
  }

  @Test
  void whatIsNoPace_countsAsNothing() {
    for (String text : List.of("", "[", "nothing", "[[]", "\u0000")) {
      assertThat(PaceLog.pace(text).samples()).as(text).isEmpty();
    }
    assertThat(PaceLog.pace("[7,{}]").samples()).allMatch(sample -> sample.files() == 0);
  }
}
