package io.admix.engine.dataset;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is read in the background, as it was when it was asked for.
 *
 * @param dataset name of the dataset
 * @param step what it does, null before it has begun
 * @param files done in this step
 * @param total of this step, -1 while it is not known
 * @param problems sentences on why it FAILED
 * @param result what was registered, when it is DONE
 * @param endedAt null while it runs
 */
public record ScanJob(
    String id,
    String owner,
    String dataset,
    Kind kind,
    State state,
    DatasetService.@Nullable Step step,
    long files,
    long total,
    List<String> problems,
    DatasetService.@Nullable Added result,
    Instant startedAt,
    @Nullable Instant endedAt) {

  public ScanJob {
    problems = List.copyOf(problems);
  }

  public enum Kind {
    REGISTER,
    RESCAN
  }

  /** How far it is; nothing of one that is FAILED or CANCELLED stays. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }
}
