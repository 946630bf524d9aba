package io.admix.engine.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The label {@code folder}: the first folder of a file's path. */
final class FolderLabel {
  private FolderLabel() {}

  /** The tags with the folder's label added, as JSON, or null when there are none at all. */
  static @Nullable String added(
      DatasetService.FolderLabels labels, String path, @Nullable String tags) {
    int slash = path.indexOf('/');
    if (labels == DatasetService.FolderLabels.NONE || slash < 0) {
      return tags;
    }
    String tag = TagLineParser.tag("folder", List.of(path.substring(0, slash))).toString();
    return tags == null ? "[" + tag + "]" : tags.substring(0, tags.length() - 1) + "," + tag + "]";
  }
}
