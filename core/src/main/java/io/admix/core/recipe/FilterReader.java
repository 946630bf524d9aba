package io.admix.core.recipe;

import io.admix.core.select.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of one source. */
final class FilterReader {
  static final List<String> KEYS = List.of("label", "tagged", "modified", "include", "exclude");

  private FilterReader() {}

  static Filter read(Fields source) {
    return read(source, RecipeValidator.Door.WRITTEN);
  }

  /** The filter; a condition that is no good has been reported and is left out. */
  static Filter read(Fields source, RecipeValidator.Door door) {
    return new Filter(
        label(source, door),
        TimeRangeReader.read(source, "tagged"),
        TimeRangeReader.read(source, "modified"),
        globs(source, "include"),
        globs(source, "exclude"));
  }

  private static @Nullable LabelFilter label(Fields source, RecipeValidator.Door door) {
    Fields label = source.mapping("label", List.of("name", "value", "values"));
    if (label == null) {
      return null;
    }
    if (label.entries().isEmpty() && door == RecipeValidator.Door.STORED) {
      return LabelFilter.ANY;
    }
    if (label.entries().isEmpty()) {
      label.problem("is empty; give a name, values, or both");
      return null;
    }
    if (label.has("value") && label.has("values")) {
      label.problem("values", "stands beside value: give one of them");
      return null;
    }
    String name = label.text("name");
    List<Fields.Item> values = label.texts(label.has("value") ? "value" : "values");
    return new LabelFilter(
        name == null ? "" : name,
        values == null ? List.of() : values.stream().map(Fields.Item::text).toList());
  }

  private static List<String> globs(Fields source, String key) {
    List<Fields.Item> items = source.texts(key);
    List<String> globs = new ArrayList<>();
    for (Fields.Item item : items == null ? List.<Fields.Item>of() : items) {
      try {
        globs.add(Glob.compile(item.text()).toString());
      } catch (IllegalArgumentException e) {
        source.problems().add(item.place(), item.path(), String.valueOf(e.getMessage()));
      }
    }
    return globs;
  }
}
