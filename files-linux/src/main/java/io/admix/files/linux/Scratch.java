package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Segments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One thread's memory outside the heap, used again for every call: two names, the structures that
 * calls fill, and the errno. Freed by the collector after the thread has ended.
 */
final class Scratch {
  /** PATH_MAX with the closing NUL. */
  private static final int NAME_BYTES = 4_096;

  private static final int SECOND = NAME_BYTES;
  private static final int STRUCTS = 2 * NAME_BYTES;
  private static final int STATX_BYTES = 256;
  private static final int SMALL = STRUCTS + STATX_BYTES;
  private static final int SMALL_BYTES = 256;
  private static final int STATE = SMALL + SMALL_BYTES;

  static final int TRANSFER_BYTES = 256 * 1024;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final MemorySegment memory = Arena.ofAuto().allocate(STATE + Syscalls.STATE_BYTES, 16);
  private final long address = memory.address();

  /** Where the errno is captured. */
  final MemorySegment state = memory.asSlice(STATE, Syscalls.STATE_BYTES);

  /** A struct statx. */
  final MemorySegment statx = memory.asSlice(STRUCTS, STATX_BYTES);

  /** Room for one small structure: open_how, two timespec, or statfs. */
  final MemorySegment small = memory.asSlice(SMALL, SMALL_BYTES);

  final long statxAddress = address + STRUCTS;
  final long smallAddress = address + SMALL;

  private @Nullable MemorySegment transfer;

  private Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
  }

  /**
   * Address of {@code name} in UTF-8, NUL-terminated, good until the next first name of this
   * thread.
   */
  long first(String operation, String name) throws Fault {
    encode(operation, name, 0);
    return address;
  }

  /** The same for a second name in one call. */
  long second(String operation, String name) throws Fault {
    encode(operation, name, SECOND);
    return address + SECOND;
  }

  /** {@link #first}, of what must be a single safe path segment: checked while it is encoded. */
  long firstName(String operation, String name) throws Fault {
    requireSegment(operation, name, 0);
    return address;
  }

  /** {@link #second}, of what must be a single safe path segment. */
  long secondName(String operation, String name) throws Fault {
    requireSegment(operation, name, SECOND);
    return address + SECOND;
  }

  private void requireSegment(String operation, String name, int at) throws Fault {
    boolean isSuspect =
        name.isEmpty() || name.charAt(0) == '.' || name.length() >= NAME_BYTES;
    if (isSuspect || !encode(operation, name, at)) {
      Segments.requireName(operation, name);
      encode(operation, name, at);
    }
  }

  /**
   * Room of {@link #secondBytes} for a text that a call gives back, in place of the second name.
   */
  MemorySegment second() {
    return memory.asSlice(SECOND, NAME_BYTES);
  }

  /** Address of the empty name. */
  long empty() {
    memory.set(JAVA_BYTE, 0, (byte) 0);
    return address;
  }

  /** Buffer for bytes on their way from file to file. */
  MemorySegment transfer() {
    MemorySegment known = transfer;
    if (known == null) {
      known = Arena.ofAuto().allocate(TRANSFER_BYTES, 4_096);
      transfer = known;
    }
    return known;
  }

  /** False where there may be a slash or a NUL. */
  private boolean encode(String operation, String name, int at) throws Fault {
    int length = name.length();
    if (length >= NAME_BYTES) {
      throw tooLong(operation, name);
    }
    boolean isSegment = true;
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || c == 0) {
        encodeAny(operation, name, at);
        return false;
      }
      isSegment &= c != '/';
      memory.set(JAVA_BYTE, at + i, (byte) c);
    }
    memory.set(JAVA_BYTE, at + length, (byte) 0);
    return isSegment;
  }

  private void encodeAny(String operation, String name, int at) throws Fault {
    byte[] bytes = Utf8.encode(name);
    if (bytes == null) {
      throw new Fault(
          operation,
          Errno.EINVAL,
          name.replace("\0", "\\0"),
          "not a name: a NUL or half a character");
    }
    if (bytes.length >= NAME_BYTES) {
      throw tooLong(operation, name);
    }
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, at, bytes.length);
    memory.set(JAVA_BYTE, at + bytes.length, (byte) 0);
  }

  private static Fault tooLong(String operation, String name) {
    return new Fault(operation, Errno.ENAMETOOLONG, name, Errno.ENAMETOOLONG.words());
  }
}
