package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.admix.files.Stat;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** Reads a struct statx; offsets from {@code include/uapi/linux/stat.h}. */
final class Statx {
  /**
   * Type, mode, links, owner, both times, inode, size: what a {@link Stat} holds and a copy keeps.
   */
  static final int MASK = 0x1 | 0x2 | 0x4 | 0x8 | 0x20 | 0x40 | 0x100 | 0x200;

  /** STATX_MNT_ID, since Linux 5.8. */
  static final int MOUNT_ID = 0x1000;

  private static final long NANOS = 1_000_000_000L;
  private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS - 1;

  private Statx() {}

  static Stat read(MemorySegment statx) {
    int mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
    return new Stat(
        kind(mode),
        device(statx),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_LONG, 40),
        nanos(statx.get(JAVA_LONG, 112), statx.get(JAVA_INT, 120)),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 16)),
        mode & 07777,
        Integer.toUnsignedLong(statx.get(JAVA_INT, 20)));
  }

  /** Identity of the mount, or the device where the kernel does not tell mounts apart. */
  static long mountId(MemorySegment statx) {
    boolean told = (statx.get(JAVA_INT, 0) & MOUNT_ID) != 0;
    return told ? statx.get(JAVA_LONG, 144) : device(statx);
  }

  static long accessSeconds(MemorySegment statx) {
    return statx.get(JAVA_LONG, 64);
  }

  static int accessNanos(MemorySegment statx) {
    return statx.get(JAVA_INT, 72);
  }

  static long modifiedSeconds(MemorySegment statx) {
    return statx.get(JAVA_LONG, 112);
  }

  static int modifiedNanos(MemorySegment statx) {
    return statx.get(JAVA_INT, 120);
  }

  /** st_dev as makedev(3) puts it together. */
  private static long device(MemorySegment statx) {
    long major = Integer.toUnsignedLong(statx.get(JAVA_INT, 136));
    long minor = Integer.toUnsignedLong(statx.get(JAVA_INT, 140));
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }

  /** Times beyond the years 1677 to 2262 are held at the ends, as FileTime does. */
  private static long nanos(long seconds, int nanos) {
    if (Math.abs(seconds) > SECONDS_MAX) {
      return TimeUnit.SECONDS.toNanos(seconds);
    }
    return seconds * NANOS + nanos;
  }

  private static Stat.Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Stat.Kind.REGULAR;
      case 0040000 -> Stat.Kind.DIRECTORY;
      case 0120000 -> Stat.Kind.SYMLINK;
      default -> Stat.Kind.OTHER;
    };
  }
}
