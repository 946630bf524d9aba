package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder.Expected;
import io.admix.files.SourceChangedException;
import io.admix.files.Stat;
import java.lang.foreign.MemorySegment;

/** One file cloned or copied into a temporary, which is published when it is whole. */
final class LinuxCopy {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;

  /** FICLONE of {@code linux/fs.h}: _IOW(0x94, 9, int), the same on both architectures. */
  private static final int FICLONE = 0x40049409;

  /** Setuid and setgid are not copied: the copy belongs to another owner. */
  private static final int COPIED_MODE = 01777;

  private final Resolver resolver;
  private final Abi abi;
  private final End source;
  private final End target;
  private final Expected expected;

  private int mode;
  private long accessSeconds;
  private int accessNanos;
  private long modifiedSeconds;
  private int modifiedNanos;

  LinuxCopy(Resolver resolver, End source, End target, Expected expected) {
    this.resolver = resolver;
    this.abi = resolver.abi;
    this.source = source;
    this.target = target;
    this.expected = expected;
  }

  /** One end of the way: an open folder, a name in it, and how both are shown in messages. */
  record End(int folder, String name, String shown) {}

  /** How the bytes come over. */
  enum Way {
    CLONE,
    BYTES
  }

  void run(Way way) throws Fault, SourceChangedException {
    Scratch scratch = Scratch.get();
    // O_NONBLOCK: opening a FIFO that took the file's place must not wait for a writer.
    int flags = Abi.O_RDONLY | abi.nofollow | Abi.O_CLOEXEC | Abi.O_NONBLOCK;
    long opened =
        Syscalls.call(
            scratch, abi.openat, source.folder, scratch.first("openat", source.name), flags);
    LinuxFaults.check("openat", source.shown, opened);
    int in = (int) opened;
    try {
      requireExpected(in, "before it was copied");
      rememberAttributes(scratch.statx);
      Temporary temporary = Temporary.open(resolver, target);
      try {
        fill(way, in, temporary.fd());
        requireExpected(in, "while it was copied");
        setAttributes(temporary.fd());
        temporary.publish();
      } finally {
        temporary.discard();
      }
    } finally {
      resolver.close(in);
    }
  }

  private void fill(Way way, int in, int out) throws Fault, SourceChangedException {
    switch (way) {
      case CLONE ->
          LinuxFaults.check(
              "ioctl FICLONE",
              target.shown,
              Syscalls.call(Scratch.get(), abi.ioctl, out, FICLONE, in));
      case BYTES -> {
        long copied = new ByteTransfer(abi, in, out, target.shown).run(expected.size());
        if (copied != expected.size()) {
          throw new SourceChangedException(
              source.shown + ": read " + copied + " bytes, expected " + expected.size());
        }
      }
    }
  }

  private void requireExpected(int in, String when) throws Fault, SourceChangedException {
    Scratch scratch = Scratch.get();
    int flags = AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW;
    long result =
        Syscalls.call(
            scratch, abi.statx, in, scratch.empty(), flags, Statx.MASK, scratch.statxAddress, 0);
    LinuxFaults.check("statx", source.shown, result);
    Stat stat = Statx.read(scratch.statx);
    if (!expected.matches(stat)) {
      throw SourceChangedException.of(source.shown, when, expected, stat);
    }
  }

  private void rememberAttributes(MemorySegment statx) {
    mode = Statx.read(statx).mode() & COPIED_MODE;
    accessSeconds = Statx.accessSeconds(statx);
    accessNanos = Statx.accessNanos(statx);
    modifiedSeconds = Statx.modifiedSeconds(statx);
    modifiedNanos = Statx.modifiedNanos(statx);
  }

  /** Mode, then times last: every later change of the file would set them again. */
  private void setAttributes(int out) throws Fault {
    Scratch scratch = Scratch.get();
    long changed = Syscalls.call(scratch, abi.fchmod, out, mode, 0);
    if (changed < 0 && !isWithoutModes(changed)) {
      throw LinuxFaults.of("fchmod", target.shown, changed);
    }
    MemorySegment times = scratch.small;
    times.set(JAVA_LONG, 0, accessSeconds);
    times.set(JAVA_LONG, 8, accessNanos);
    times.set(JAVA_LONG, 16, modifiedSeconds);
    times.set(JAVA_LONG, 24, modifiedNanos);
    long timed = Syscalls.call(scratch, abi.utimensat, out, 0, scratch.smallAddress);
    LinuxFaults.check("utimensat", target.shown, timed);
  }

  /** FAT and some FUSE file systems have no modes to set. */
  private static boolean isWithoutModes(long result) {
    Errno errno = LinuxFaults.named((int) -result);
    return errno == Errno.EPERM || errno == Errno.EOPNOTSUPP || errno == Errno.ENOSYS;
  }
}
