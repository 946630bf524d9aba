package io.admix.core.select;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What filters may look at of one file. An implementation may be reused for the next row: copy what
 * must last.
 */
public interface FileFacts {
  /** Path below the dataset's folder, separated by {@code /}. */
  String relativePath();

  /** Time of the last change of content, or null when unknown. */
  @Nullable Instant modified();

  /** When its tags last changed, or null when never tagged. */
  @Nullable Instant taggedAt();

  /** Offers each label until one is accepted; labels are parsed only when this is called. */
  boolean anyLabel(LabelTest test);

  /** Accepts or refuses one label of a file. */
  @FunctionalInterface
  interface LabelTest {
    boolean test(String label, String value);
  }
}
