package io.admix.engine.task;

import io.admix.engine.run.RunProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down how a task gets on, in bounded memory: when it is full, every second point goes and
 * the pause between two points doubles. Safe for use by many threads.
 */
final class PaceLog {
  static final int POINTS_MAX = 600;
  private static final long FIRST_PAUSE_MS = 250;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Point> points = new ArrayList<>();
  private final long startMs;
  private final long startNs;
  private long pauseMs = FIRST_PAUSE_MS;

  /** What was told at one time. */
  private record Point(long ms, long files, long bytes, int workers, int allowed) {}

  private PaceLog(List<Point> before, long nowNs) {
    points.addAll(before);
    startMs = before.isEmpty() ? 0 : before.getLast().ms;
    startNs = nowNs;
    while (points.size() > POINTS_MAX / 2) {
      thin();
    }
  }

  /**
   * Goes on after what an earlier run of the task has kept.
   *
   * @param kept as {@link #text} gave it; what is none counts as nothing
   */
  static PaceLog after(String kept, long nowNs) {
    return new PaceLog(points(kept), nowNs);
  }

  /** Of a task that is not run here. */
  static Pace pace(String kept) {
    return pace(points(kept));
  }

  synchronized void add(RunProgress progress, long nowNs) {
    long ms = startMs + TimeUnit.NANOSECONDS.toMillis(nowNs - startNs);
    Point point =
        new Point(
            ms, progress.files(), progress.bytes(), progress.workers(), progress.workersAllowed());
    int last = points.size() - 1;
    boolean isEarly = last >= 1 && ms - points.get(last - 1).ms < pauseMs;
    if (isEarly) {
      // The newest always stands at the end, so that the log is never behind.
      points.set(last, point);
      return;
    }
    points.add(point);
    if (points.size() > POINTS_MAX) {
      thin();
    }
  }

  /** The last point stays: it says how far the task came. */
  private void thin() {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i % 2 == 0 || i == points.size() - 1) {
        kept.add(points.get(i));
      }
    }
    points.clear();
    points.addAll(kept);
    pauseMs *= 2;
  }

  synchronized Pace pace() {
    return pace(points);
  }

  private static Pace pace(List<Point> points) {
    List<Pace.Sample> samples = new ArrayList<>();
    Point before = null;
    for (Point point : points) {
      // A run that begins again may have less than the one before it told last.
      long more = before == null ? 0 : Math.max(0, point.files - before.files);
      long took = before == null ? 0 : point.ms - before.ms;
      samples.add(
          new Pace.Sample(
              point.ms / 1000.0,
              point.files,
              point.bytes,
              took <= 0 ? 0 : more * 1000.0 / took,
              point.workers,
              point.allowed));
      before = point;
    }
    return new Pace(samples);
  }

  /** One line of JSON with at most {@code most} points. */
  synchronized String text(int most) {
    List<String> lines = new ArrayList<>();
    int step = Math.ceilDiv(points.size(), most);
    for (int i = 0; i < points.size(); i++) {
      if (i % step == 0 || i == points.size() - 1) {
        Point p = points.get(i);
        lines.add(
            "[" + p.ms + "," + p.files + "," + p.bytes + "," + p.workers + "," + p.allowed + "]");
      }
    }
    return "[" + String.join(",", lines) + "]";
  }

  private static List<Point> points(String kept) {
    List<Point> points = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(kept)) {
        points.add(
            new Point(
                node.path(0).asLong(0),
                node.path(1).asLong(0),
                node.path(2).asLong(0),
                node.path(3).asInt(0),
                node.path(4).asInt(0)));
      }
    } catch (JacksonException e) {
      // A plot is not worth a word: without it the page says less.
      return List.of();
    }
    return points;
  }
}
