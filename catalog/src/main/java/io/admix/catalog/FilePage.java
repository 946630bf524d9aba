package io.admix.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some files of a dataset.
 *
 * @param next what to ask for to get those that follow, null at the end
 */
public record FilePage(List<DatasetFile> items, @Nullable String next) {
  public FilePage {
    items = List.copyOf(items);
  }
}
