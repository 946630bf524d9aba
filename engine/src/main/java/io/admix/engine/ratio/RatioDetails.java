package io.admix.engine.ratio;

import io.admix.catalog.RatioInstance;
import io.admix.engine.report.SourceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ratio task with its sources. */
public record RatioDetails(RatioInstance task, List<Source> sources) {
  public RatioDetails {
    sources = List.copyOf(sources);
  }

  /**
   * One source.
   *
   * @param report what it gave; null while that is not known, for a source of which nothing was
   *     asked, and in a task of DataMate's own
   */
  public record Source(RatioInstance.Relation relation, @Nullable SourceReport report) {}
}
