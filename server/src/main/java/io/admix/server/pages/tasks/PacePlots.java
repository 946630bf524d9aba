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
 * @param workers over time, and as many as might work
 */
public record PacePlots(boolean isWorthALook, Plot rate, Plot workers) {
  private static final int SECONDS_LEAST = 3;

  /** What the lines are called. */
  record Names(String rate, String workers, String allowed) {}

  /**
   * @param end when the last sample was taken
   */
  static PacePlots of(Pace pace, Instant end, Names names) {
    List<String> moments = new ArrayList<>();
    List<@Nullable Double> rates = new ArrayList<>();
    List<@Nullable Double> workers = new ArrayList<>();
    List<@Nullable Double> allowed = new ArrayList<>();
    double last = pace.samples().isEmpty() ? 0 : pace.samples().getLast().seconds();
    for (Sample sample : pace.samples()) {
      moments.add(
          Long.toString(end.toEpochMilli() - Math.round(1_000 * (last - sample.seconds()))));
      rates.add((double) Math.round(sample.filesPerSecond()));
      workers.add((double) sample.workers());
      allowed.add((double) sample.workersAllowed());
    }
    boolean hasMoved = pace.samples().stream().anyMatch(sample -> sample.filesPerSecond() > 0);
    return new PacePlots(
        hasMoved && last >= SECONDS_LEAST,
        new Plot(
            Kind.LINES, Unit.NUMBER, moments, List.of(new Series(names.rate(), Tone.MAIN, rates))),
        new Plot(
            Kind.LINES,
            Unit.NUMBER,
            moments,
            List.of(
                new Series(names.workers(), Tone.SECOND, workers),
                new Series(names.allowed(), Tone.QUIET, allowed))));
  }
}
