package io.admix.core.recipe;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe document before validation: plain data with the place of each part. A reader of YAML or
 * JSON makes it; numbers stay text, so that no digit is lost.
 */
public sealed interface Node {
  /** 1-based line and column in the document, 0 when it has none. */
  Place place();

  /** Where something stands. */
  record Place(int line, int column) {
    public static final Place NOWHERE = new Place(0, 0);
  }

  /** A mapping; {@code keys} gives the place of each key. */
  record Mapping(SequencedMap<String, Node> entries, Map<String, Place> keys, Place place)
      implements Node {}

  record Sequence(List<Node> items, Place place) implements Node {}

  /**
   * A scalar. {@code text} is what was written, null for null; {@code quoted} tells {@code "5"}
   * from {@code 5}.
   */
  record Scalar(@Nullable String text, boolean quoted, Place place) implements Node {}
}
