package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The one door to the kernel: syscall(2), bound once with seven long arguments. One binding instead
 * of one for each function, because binding is what makes a cold start slow (tens of milliseconds
 * each), and libraries older than the kernel have no wrapper for openat2, statx and renameat2.
 * Addresses go as numbers: the memory behind them is held by the thread's {@link Scratch} or by the
 * caller.
 */
final class Syscalls {
  private static final int EINTR = 4;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  static final long STATE_BYTES = STATE.byteSize();

  private static final MethodHandle SYSCALL = bind();

  private Syscalls() {}

  private static MethodHandle bind() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }

  /** Calls again as long as a signal interrupts; the result, or the negative error number. */
  static long call(Scratch scratch, int number, long a, long b, long c, long d, long e, long f) {
    long result;
    do {
      result = once(scratch, number, a, b, c, d, e, f);
    } while (result == -EINTR);
    return result;
  }

  static long call(Scratch scratch, int number, long a, long b, long c) {
    return call(scratch, number, a, b, c, 0, 0, 0);
  }

  /**
   * For close(2), which must not be called again after EINTR: the number may belong to another file
   * by then.
   */
  static long once(Scratch scratch, int number, long a, long b, long c, long d, long e, long f) {
    MemorySegment state = scratch.state;
    long result;
    try {
      result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new IllegalStateException("syscall(2) could not be called", t);
    }
    return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
  }
}
