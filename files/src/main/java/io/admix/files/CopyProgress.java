package io.admix.files;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts bytes while they are copied: one file may take minutes, and says nothing until it is done.
 * Whoever copies counts for the thread that it runs on.
 */
public final class CopyProgress {
  /** So many bytes are moved between two counts at first; more where that takes but a moment. */
  public static final long STEP = 16L << 20;

  private static final ThreadLocal<@Nullable LongConsumer> COUNTER = new ThreadLocal<>();

  private CopyProgress() {}

  /** From now on what this thread copies is added to {@code counter}. */
  public static void countInto(LongAdder counter) {
    tell(counter::add);
  }

  /**
   * From now on what this thread copies is told to {@code counter}. What that throws ends the copy:
   * nothing of it is left then.
   */
  public static void tell(LongConsumer counter) {
    COUNTER.set(counter);
  }

  /** Nobody is told any more of what this thread copies. */
  public static void end() {
    COUNTER.remove();
  }

  /**
   * So many bytes more have been copied by this thread; what is rolled back later stays counted.
   */
  public static void moved(long bytes) {
    LongConsumer counter = COUNTER.get();
    if (counter != null) {
      counter.accept(bytes);
    }
  }
}
