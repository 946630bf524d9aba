package io.admix.catalog;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as stored.
 *
 * @param name the dataset's name that it makes
 * @param recipe the normalised recipe as JSON, the seed in it
 * @param targetPath absolute final folder
 * @param planSha256 of the sealed plan, null while planning
 * @param manifestSha256 of the manifest that is published, null before
 * @param stagingInode identity of the staging folder, 0 until it is made
 * @param files placed and recorded so far
 * @param error what stopped it, for people, or null
 * @param report the report as JSON once it is done, or null
 * @param taskName what the task itself is called; the dataset's name where it has none of its own
 * @param origin who asked for it
 */
public record Task(
    String id,
    String name,
    String owner,
    Status status,
    Phase phase,
    boolean resumable,
    String recipe,
    String recipeSha256,
    String targetPath,
    String datasetId,
    @Nullable String planSha256,
    @Nullable String manifestSha256,
    long stagingInode,
    long entries,
    long files,
    long bytes,
    @Nullable String error,
    @Nullable String report,
    boolean cancelRequested,
    @Nullable Runner runner,
    long fence,
    Instant createdAt,
    Instant updatedAt,
    String taskName,
    TaskOrigin origin) {

  public enum Status {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
      return this == COMPLETED || this == CANCELLED;
    }
  }

  public enum Phase {
    PLANNING,
    PLACING,
    PUBLISHING,
    DONE
  }

  /**
   * Who runs it.
   *
   * @param identity names one process of one boot of one machine (see {@code RunnerIdentity} of the
   *     engine)
   * @param until when the lease ends unless renewed
   */
  public record Runner(String identity, Instant until) {
    /** Beyond the end of a lease: what two machines' clocks may differ by. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Whether anybody may take the task over. */
    public boolean isOver(Instant now) {
      return !now.isBefore(until.plus(MARGIN));
    }
  }
}
