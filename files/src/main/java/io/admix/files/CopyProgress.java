package io.admix.files;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts bytes while they are copied: one file may take minutes, and says nothing until it is done.
 * Whoever copies counts for the thread that it runs on.
 */
public final class CopyProgress {
  /** So many bytes at most are moved between two counts. */
  public static final long STEP = 16L << 20;

  private static final ThreadLocal<@Nullable LongAdder> COUNTER = new ThreadLocal<>();

  private CopyProgress() {}

  /** From now on what this thread copies is added to {@code counter}; null ends that. */
  public static void countInto(@Nullable LongAdder counter) {
    if (counter == null) {
      COUNTER.remove();
    } else {
      COUNTER.set(counter);
    }
  }

  /**
   * So many bytes more have been copied by this thread; what is rolled back later stays counted.
   */
  public static void moved(long bytes) {
    LongAdder counter = COUNTER.get();
    if (counter != null) {
      counter.add(bytes);
    }
  }
}
