package io.admix.core.recipe;

import java.util.List;

/**
 * Asks for a label. An empty {@code name} is any label, an empty {@code values} any value; both
 * compare case-sensitively.
 */
public record LabelFilter(String name, List<String> values) {
  /** Every file that has a label at all. */
  public static final LabelFilter ANY = new LabelFilter("", List.of());

  public LabelFilter {
    values = List.copyOf(values);
  }

  /** Whether one label of a file satisfies this. */
  public boolean accepts(String label, String value) {
    return (name.isEmpty() || name.equals(label)) && (values.isEmpty() || values.contains(value));
  }
}
