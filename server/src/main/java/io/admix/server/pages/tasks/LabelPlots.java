package io.admix.server.pages.tasks;

import io.admix.catalog.Distribution;
import io.admix.server.pages.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a mix is spread over labels, drawn.
 *
 * @param hidden labels that are not drawn
 * @param unlabelled files without any label
 */
public record LabelPlots(List<Label> labels, int hidden, long unlabelled) {
  private static final int LABELS_MOST = 4;
  private static final int VALUES_MOST = 15;

  /**
   * One label.
   *
   * @param others values that are not drawn, which are those of fewest files
   */
  public record Label(String name, Plot plot, int others) {}

  static LabelPlots of(Distribution spread, String series) {
    List<Label> labels = new ArrayList<>();
    spread
        .labels()
        .forEach((name, values) -> {
          if (labels.size() < LABELS_MOST) {
            labels.add(label(name, values, series));
          }
        });
    return new LabelPlots(
        labels, Math.max(0, spread.labels().size() - LABELS_MOST), spread.unlabelled());
  }

  private static Label label(String name, Map<String, Long> values, String series) {
    List<Map.Entry<String, Long>> shown = values.entrySet().stream().limit(VALUES_MOST).toList();
    return new Label(
        name,
        Plot.of(
            Plot.Kind.BARS,
            Plot.Unit.NUMBER,
            shown.stream().map(Map.Entry::getKey).toList(),
            Plot.Series.of(
                series, Plot.Tone.MAIN, shown.stream().map(Map.Entry::getValue).toList())),
        Math.max(0, values.size() - VALUES_MOST));
  }
}
