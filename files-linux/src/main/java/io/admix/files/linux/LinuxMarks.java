package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.Fault;
import io.admix.files.Known;
import io.admix.files.Marks;
import java.lang.foreign.MemorySegment;

/** Reads flags and project of an inode; what a file system does not tell is unknown. */
final class LinuxMarks {
  private static final int AT_EMPTY_PATH = 0x1000;

  /** FS_IOC_FSGETXATTR of {@code linux/fs.h}: _IOR('X', 31, struct fsxattr of 28 bytes). */
  private static final long GET_XATTR = 0x801c581fL;

  private static final int PROJECT_INHERIT = 0x200;
  private static final int PROJECT_AT = 12;
  private static final int STATX_ATTRIBUTES = 8;
  private static final int STATX_ATTRIBUTES_MASK = 56;
  private static final long IMMUTABLE = 0x10;
  private static final long APPEND = 0x20;

  private LinuxMarks() {}

  /** Of a folder by its handle. */
  static Marks ofFolder(Abi abi, int fd) {
    return read(abi, fd, Known.UNKNOWN);
  }

  /** Of a regular file, opened for reading: nothing is read. */
  static Marks ofFile(Resolver resolver, int folder, String name) throws Fault {
    Abi abi = resolver.abi;
    Scratch scratch = Scratch.get();
    // O_NONBLOCK: opening a FIFO that took the file's place must not wait for a writer.
    int flags = abi.nofollow | Abi.O_CLOEXEC | Abi.O_NONBLOCK;
    long fd =
        Syscalls.call(
            scratch, abi.openat, folder, scratch.first("openat", name), flags | Abi.O_RDONLY);
    if (fd >= 0) {
      return closing(resolver, (int) fd, Known.YES);
    }
    long place =
        Syscalls.call(
            scratch, abi.openat, folder, scratch.first("openat", name), flags | Abi.O_PATH);
    return place < 0 ? Marks.UNKNOWN : closing(resolver, (int) place, Known.of(false));
  }

  private static Marks closing(Resolver resolver, int fd, Known readable) {
    try {
      return read(resolver.abi, fd, readable);
    } finally {
      resolver.close(fd);
    }
  }

  private static Marks read(Abi abi, int fd, Known readable) {
    long[] attributes = attributes(abi, fd);
    Scratch scratch = Scratch.get();
    scratch.small.fill((byte) 0);
    long got = Syscalls.call(scratch, abi.ioctl, fd, GET_XATTR, scratch.smallAddress);
    MemorySegment told = scratch.small;
    return new Marks(
        readable,
        flag(attributes, IMMUTABLE),
        flag(attributes, APPEND),
        got < 0 ? -1 : Integer.toUnsignedLong(told.get(JAVA_INT, PROJECT_AT)),
        got < 0 ? Known.UNKNOWN : Known.of((told.get(JAVA_INT, 0) & PROJECT_INHERIT) != 0));
  }

  private static Known flag(long[] attributes, long bit) {
    return (attributes[1] & bit) == 0 ? Known.UNKNOWN : Known.of((attributes[0] & bit) != 0);
  }

  /** The attributes, and which of them the file system tells. */
  private static long[] attributes(Abi abi, int fd) {
    Scratch scratch = Scratch.get();
    long here = scratch.empty();
    long result =
        Syscalls.call(
            scratch, abi.statx, fd, here, AT_EMPTY_PATH, Statx.MASK, scratch.statxAddress, 0);
    return result < 0
        ? new long[2]
        : new long[] {
          scratch.statx.get(JAVA_LONG, STATX_ATTRIBUTES),
          scratch.statx.get(JAVA_LONG, STATX_ATTRIBUTES_MASK)
        };
  }
}
