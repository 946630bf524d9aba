package io.admix.server.pages.datasets;

import io.admix.catalog.Distribution;
import io.admix.engine.dataset.DatasetService;
import io.admix.server.pages.Plot;
import io.admix.server.pages.Plot.Kind;
import io.admix.server.pages.Plot.Series;
import io.admix.server.pages.Plot.Tone;
import io.admix.server.pages.Plot.Unit;
import io.admix.server.pages.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a dataset are spread, as plots.
 *
 * @param labels one plot for each label
 * @param more labels that are not drawn
 * @param otherValues files with values that are too rare to be counted one by one
 * @param dates null when no file has a time
 * @param taskId of the task that made it, null when it was registered or the task is gone
 */
public record Figures(
    List<Label> labels,
    int more,
    long unlabelled,
    long otherValues,
    @Nullable Plot sizes,
    @Nullable Plot dates,
    @Nullable String taskId) {
  private static final int LABELS_MOST = 4;
  private static final int VALUES_MOST = 15;

  /**
   * The values of one label.
   *
   * @param rest values that are not drawn
   */
  public record Label(String name, Plot plot, int rest) {}

  static Figures of(Visit visit, DatasetService.Details details) {
    Distribution spread = details.distribution();
    List<Label> labels = new ArrayList<>();
    spread.labels().entrySet().stream()
        .limit(LABELS_MOST)
        .forEach(label -> labels.add(label(visit, label.getKey(), label.getValue())));
    return new Figures(
        labels,
        spread.labels().size() - labels.size(),
        spread.unlabelled(),
        spread.otherValues(),
        sizes(visit, spread.sizes()),
        Dates.plot(visit, spread),
        details.taskId());
  }

  private static Label label(Visit visit, String name, Map<String, Long> values) {
    List<String> categories = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    values.entrySet().stream()
        .limit(VALUES_MOST)
        .forEach(value -> {
          categories.add(value.getKey());
          counts.add(value.getValue());
        });
    return new Label(
        name, plot(visit, Kind.BARS, categories, counts), values.size() - categories.size());
  }

  static Plot plot(Visit visit, Kind kind, List<String> categories, List<Long> counts) {
    return Plot.of(
        kind, Unit.NUMBER, categories, Series.of(visit.t("datasets.files"), Tone.MAIN, counts));
  }

  /** From the smallest size that there is to the largest. */
  private static @Nullable Plot sizes(Visit visit, long[] sizes) {
    int first = 0;
    int end = sizes.length;
    while (first < end && sizes[first] == 0) {
      first++;
    }
    while (end > first && sizes[end - 1] == 0) {
      end--;
    }
    List<String> categories = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = first; i < end; i++) {
      categories.add(size(visit, i));
      counts.add(sizes[i]);
    }
    return counts.isEmpty() ? null : plot(visit, Kind.COLUMNS, categories, counts);
  }

  /** Class i holds sizes below 2^i: {@code 1–2 KiB}. */
  private static String size(Visit visit, int i) {
    if (i <= 1) {
      return visit.bytes(i);
    }
    String from = visit.bytes(1L << (i - 1));
    String to = i == Long.SIZE - 1 ? "" : visit.bytes(1L << i);
    int unit = from.indexOf(' ');
    return to.endsWith(from.substring(unit)) ? from.substring(0, unit) + "–" + to : from + "–" + to;
  }
}
