package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.FilePage;
import io.admix.engine.dataset.DatasetLooks;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dataset.
 *
 * @param labels names of labels that some of its files have
 * @param search what paths of the files are to contain, or ""
 * @param after where the page of files begins, or ""
 * @param uses mixes that were made of it
 */
public record DatasetView(
    Dataset dataset,
    Collection<String> labels,
    String search,
    String after,
    FilePage files,
    List<DatasetLooks.Use> uses,
    ScanList scans,
    boolean canRescan,
    boolean canRemove) {

  static boolean canRescan(Actor caller, Dataset dataset) {
    return dataset.kind() == Dataset.Kind.SCANNED && caller.mayChange(dataset.owner());
  }

  static boolean canRemove(Actor caller, Dataset dataset) {
    return dataset.kind() != Dataset.Kind.FOREIGN && caller.mayChange(dataset.owner());
  }

  /** Whether Admix has made its files, and may delete them. */
  public boolean isMix() {
    return dataset.kind() == Dataset.Kind.MIXED;
  }

  /** The address of this page with other files. */
  public String address(@Nullable String from) {
    String address = "/datasets/" + dataset.id() + "?search=" + Answers.query(search);
    return from == null ? address : address + "&after=" + Answers.query(from);
  }
}
