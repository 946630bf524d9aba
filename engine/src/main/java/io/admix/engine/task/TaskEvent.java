package io.admix.engine.task;

import io.admix.catalog.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a task.
 *
 * @param seq of the task, from 1; a PROGRESS has that of the STATE before it, so that whoever goes
 *     on after it misses no STATE
 * @param filesTotal 0 while it is not known
 * @param bytesTotal 0 while it is not known
 * @param workers placing just now; 0 when another process runs the task
 * @param workersAllowed as many may place just now; 0 when another process runs the task
 * @param pace why that many, for people; "" when nothing is placed here
 * @param etaSeconds until all files are placed, or null when it cannot be told
 * @param message what stopped it, or the step it is at, for people
 */
public record TaskEvent(
    long seq,
    Instant at,
    Kind kind,
    Task.Status status,
    Task.Phase phase,
    long files,
    long filesTotal,
    long bytes,
    long bytesTotal,
    long failures,
    double filesPerSecond,
    int workers,
    int workersAllowed,
    String pace,
    @Nullable Long etaSeconds,
    @Nullable String message) {

  public enum Kind {
    /** A change of state or phase; kept, and told to whoever comes later. */
    STATE,
    /** How far it is; told to whoever watches just now. */
    PROGRESS
  }
}
