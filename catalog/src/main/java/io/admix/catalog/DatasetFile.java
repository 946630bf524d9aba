package io.admix.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of a dataset as it is shown.
 *
 * @param id of its row
 * @param path below the dataset's folder
 * @param modified as recorded, null when it is not known
 * @param labels at most {@link #LABELS_SHOWN}
 */
public record DatasetFile(
    String id, String path, long size, @Nullable Instant modified, List<Label> labels) {

  /** Labels of one file that are shown at most. */
  public static final int LABELS_SHOWN = 50;

  public DatasetFile {
    labels = List.copyOf(labels);
  }

  /** A label's name and one of its values. */
  public record Label(String name, String value) {}
}
