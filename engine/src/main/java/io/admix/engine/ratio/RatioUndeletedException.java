package io.admix.engine.ratio;

import io.admix.engine.RefusedException;
import java.util.List;

/** Some of several tasks could not be deleted; the others are. */
public final class RatioUndeletedException extends RefusedException {
  private final transient List<String> ids;

  /**
   * @param ids what is there still
   * @param faults why, one of each
   */
  RatioUndeletedException(List<String> ids, List<Exception> faults) {
    super(
        "%d tasks could not be deleted: %s. The first: %s"
            .formatted(ids.size(), String.join(", ", ids), faults.getFirst().getMessage()));
    this.ids = List.copyOf(ids);
    faults.forEach(this::addSuppressed);
  }

  /** What is there still. */
  public List<String> ids() {
    return ids;
  }
}
