package io.admix.spark.source;

import io.admix.engine.RefusedException;
import io.admix.engine.export.DamagedExportException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a task made, or the words of what a person must mend. A task that throws is run again by
 * Spark, and ends in a stack trace: neither helps where a part is damaged.
 *
 * @param problem null when it went well
 */
public record Attempted<T>(@Nullable T value, @Nullable String problem) implements Serializable {

  /** What a task does. */
  @FunctionalInterface
  public interface Attempt<T> {
    T run() throws Exception;
  }

  /** Runs it; any other fault than a person's is thrown. */
  public static <T> Attempted<T> of(Attempt<T> attempt) throws Exception {
    try {
      return new Attempted<>(attempt.run(), null);
    } catch (DamagedExportException e) {
      return new Attempted<>(null, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return new Attempted<>(
          null, "The executor on %s: %s".formatted(SourcePart.host(), e.getMessage()));
    }
  }

  /**
   * The value, on the driver.
   *
   * @throws DamagedExportException with the words
   */
  public T get() throws DamagedExportException {
    if (problem != null) {
      throw new DamagedExportException(problem);
    }
    return Objects.requireNonNull(value);
  }
}
