package io.admix.server.pages.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The labels of a dataset to choose from.
 *
 * @param key of the row
 * @param chosen what is asked for
 * @param labels the most frequent first
 */
public record LabelsView(String key, ComposeRow.Labelled chosen, List<Label> labels) {
  /** Values of one label that are offered; others can be typed. */
  private static final int VALUES_MOST = 100;

  private static final int LABELS_MOST = 50;

  public LabelsView {
    labels = List.copyOf(labels);
  }

  /** A label with its values, the chosen ones among them. */
  public record Label(String name, List<Value> values) {
    public Label {
      values = List.copyOf(values);
    }
  }

  /** A value and the files that have it. */
  public record Value(String text, long files, boolean isChosen) {}

  static LabelsView of(
      String key,
      ComposeRow.Labelled chosen,
      SequencedMap<String, SequencedMap<String, Long>> counted) {
    List<Label> labels = new ArrayList<>();
    for (Map.Entry<String, SequencedMap<String, Long>> label : counted.entrySet()) {
      if (labels.size() < LABELS_MOST || label.getKey().equals(chosen.name())) {
        labels.add(label(label.getKey(), label.getValue(), chosen));
      }
    }
    boolean isKnown = chosen.name().isEmpty() || counted.containsKey(chosen.name());
    if (!isKnown) {
      labels.add(label(chosen.name(), new java.util.LinkedHashMap<>(), chosen));
    }
    return new LabelsView(key, chosen, labels);
  }

  private static Label label(
      String name, SequencedMap<String, Long> counted, ComposeRow.Labelled chosen) {
    boolean isChosen = name.equals(chosen.name());
    List<Value> values = new ArrayList<>();
    for (Map.Entry<String, Long> value : counted.entrySet()) {
      boolean isTaken = isChosen && chosen.values().contains(value.getKey());
      if (values.size() < VALUES_MOST || isTaken) {
        values.add(new Value(value.getKey(), value.getValue(), isTaken));
      }
    }
    if (isChosen) {
      chosen.values().stream()
          .filter(value -> !counted.containsKey(value))
          .forEach(value -> values.add(new Value(value, 0, true)));
    }
    return new Label(name, values);
  }
}
