package io.admix.server.pages.tasks;

import io.admix.engine.task.Pace;
import io.admix.engine.task.Pace.Sample;
import io.admix.server.pages.Plot;
import io.admix.server.pages.Plot.Kind;
import io.admix.server.pages.Plot.Series;
import io.admix.server.pages.Plot.Tone;
import io.admix.server.pages.Plot.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task got on, drawn.
 *
 * @param isWorthALook whether there is more to see than that it was quick
 * @param rate files per second over time
 * @param workers over time
 */
public record PacePlots(boolean isWorthALook, Plot rate, Plot workers) {
  private static final int SECONDS_LEAST = 3;

  /**
   * @param end when the last sample was taken
   */
  static PacePlots of(Pace pace, Instant end, String rateName, String workersName) {
    List<String> moments = new ArrayList<>();
    List<@Nullable Double> rates = new ArrayList<>();
    List<@Nullable Double> workers = new ArrayList<>();
    double last = pace.samples().isEmpty() ? 0 : pace.samples().getLast().seconds();
    for (Sample sample : pace.samples()) {
      moments.add(
          Long.toString(end.toEpochMilli() - Math.round(1_000 * (last - sample.seconds()))));
      rates.add((double) Math.round(sample.filesPerSecond()));
      workers.add((double) sample.workers());
    }
    boolean hasMoved = pace.samples().stream().anyMatch(sample -> sample.filesPerSecond() > 0);
    return new PacePlots(
        hasMoved && last >= SECONDS_LEAST,
        new Plot(Kind.LINES, Unit.NUMBER, moments, List.of(new Series(rateName, Tone.MAIN, rates))),
        new Plot(
            Kind.LINES,
            Unit.NUMBER,
            moments,
            List.of(new Series(workersName, Tone.SECOND, workers))));
  }
}
