package io.admix.server.pages.datasets;

import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of datasets.
 *
 * @param search what names are to contain, or ""
 * @param total of all pages
 * @param scans folders that are being read, or were lately
 * @param hasRoots whether there is any folder that may be registered
 * @param said key of the words for what has just been done, told above the list; null for nothing
 */
public record DatasetList(
    String search,
    DatasetQuery.Order order,
    int page,
    long pages,
    long total,
    List<Row> rows,
    ScanList scans,
    boolean hasRoots,
    @Nullable String said) {

  /** Whether there is nothing at all yet. */
  public boolean isFirstVisit() {
    return total == 0 && search.isEmpty() && page == 1;
  }

  /** The address of a page of this list. */
  public String address(int number) {
    return "/datasets?search=%s&order=%s&page=%d".formatted(Answers.query(search), order, number);
  }

  /**
   * One dataset.
   *
   * @param labels names of labels that some of its files have
   * @param canRescan whether the visitor may have its folder read again
   */
  public record Row(Dataset dataset, Collection<String> labels, boolean canRescan) {}
}
