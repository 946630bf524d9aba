package io.admix.core.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Runs something small and tells when it allocates out of all proportion to its input. */
public final class Bounded {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long FIXED = 64L << 20;
  private static final long PER_BYTE = 16L << 10;

  private Bounded() {}

  /** What is run; it throws what breaks a promise. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /**
   * Runs it in this thread.
   *
   * @throws AssertionError when it allocates more than 64 MiB and 16 KiB for each byte of input
   */
  public static void run(int inputBytes, Work work) {
    long most = FIXED + PER_BYTE * inputBytes;
    // The first time may load classes, which an agent of a fuzzer rewrites in this thread.
    if (allocatedBy(work) > most) {
      long allocated = allocatedBy(work);
      require(allocated <= most, "%,d bytes allocated for %,d of input", allocated, inputBytes);
    }
  }

  private static long allocatedBy(Work work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("an exception that nobody declared: " + e, e);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Says what does not hold. */
  public static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }
}
