package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.CopyProgress;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileBytes;
import io.admix.files.Folder.Expected;
import io.admix.files.Segments;
import io.admix.files.SourceChangedException;
import io.admix.files.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** Bytes of files by system calls: read from, and written to, the very file that was opened. */
final class LinuxBytes implements FileBytes {
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long NANOS = 1_000_000_000L;

  /** The umask takes from it. */
  private static final int MODE = 0666;

  private final Resolver resolver;
  private final Abi abi;
  private final Handle folder;
  private final String path;

  LinuxBytes(Resolver resolver, Handle folder, String path) {
    this.resolver = resolver;
    this.abi = resolver.abi;
    this.folder = folder;
    this.path = path;
  }

  @Override
  public Open open(String name, Expected expected) throws Fault, SourceChangedException {
    Segments.requireName("openat", name);
    String shown = path + "/" + name;
    Opened opened = new Opened(LinuxHead.open(abi, folder, name, shown), shown, expected);
    try {
      opened.require("before it was read");
      return opened;
    } catch (Fault | SourceChangedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private Stat stat(int fd, String shown) throws Fault {
    Scratch scratch = Scratch.get();
    return statx(scratch, fd, scratch.empty(), AT_EMPTY_PATH, shown);
  }

  private Stat statOf(int folderFd, String name, String shown) throws Fault {
    Scratch scratch = Scratch.get();
    return statx(scratch, folderFd, scratch.first("statx", name), AT_SYMLINK_NOFOLLOW, shown);
  }

  private Stat statx(Scratch scratch, int fd, long name, int flags, String shown) throws Fault {
    long result =
        Syscalls.call(scratch, abi.statx, fd, name, flags, Statx.MASK, scratch.statxAddress, 0);
    LinuxFaults.check("statx", shown, result);
    return Statx.read(scratch.statx);
  }

  private final class Opened implements Open {
    private final String shown;
    private final Expected expected;
    private int fd;

    Opened(int fd, String shown, Expected expected) {
      this.fd = fd;
      this.shown = shown;
      this.expected = expected;
    }

    @Override
    public int read(byte[] into, int offset, int length, long at) throws Fault {
      Scratch scratch = Scratch.get();
      MemorySegment buffer = scratch.transfer();
      long want = Math.min(length, Scratch.TRANSFER_BYTES);
      long got = Syscalls.call(scratch, abi.pread64(), fd, buffer.address(), want, at, 0, 0);
      LinuxFaults.check("pread64", shown, got);
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, (int) got);
      return got == 0 && length > 0 ? -1 : (int) got;
    }

    @Override
    public void requireUnchanged() throws Fault, SourceChangedException {
      require("while it was read");
    }

    void require(String when) throws Fault, SourceChangedException {
      Stat found = stat(fd, shown);
      if (!expected.matches(found)) {
        throw SourceChangedException.of(shown, when, expected, found);
      }
    }

    @Override
    public void close() {
      if (fd >= 0) {
        resolver.close(fd);
      }
      fd = -1;
    }
  }

  @Override
  public Stat write(String name, InputStream bytes, long size, long modifiedNs) throws IOException {
    Segments.requireName("write", name);
    String shown = path + "/" + name;
    int fd = folder.enter("write");
    try {
      Temporary temporary = Temporary.open(resolver, new LinuxCopy.End(fd, name, shown), MODE);
      try {
        fill(temporary.fd(), bytes, size, shown);
        setTimes(temporary.fd(), modifiedNs, shown);
        temporary.publish();
      } finally {
        temporary.discard();
      }
      return statOf(fd, name, shown);
    } finally {
      folder.leave();
    }
  }

  private void fill(int out, InputStream bytes, long size, String shown) throws IOException {
    byte[] piece = new byte[(int) Math.clamp(size, 1, BUFFER_BYTES)];
    long done = 0;
    for (int got = bytes.read(piece); got >= 0; got = bytes.read(piece)) {
      done += got;
      if (done > size) {
        break;
      }
      writeAll(out, piece, got, shown);
      CopyProgress.moved(got);
    }
    if (done != size) {
      throw new Fault(
          "write",
          Errno.EIO,
          shown,
          done > size
              ? "more than the %,d bytes that were told came".formatted(size)
              : "%,d bytes came, %,d were told".formatted(done, size));
    }
  }

  private void writeAll(int out, byte[] piece, int length, String shown) throws Fault {
    Scratch scratch = Scratch.get();
    MemorySegment buffer = scratch.transfer();
    int done = 0;
    while (done < length) {
      int now = (int) Math.min(length - done, Scratch.TRANSFER_BYTES);
      MemorySegment.copy(piece, done, buffer, JAVA_BYTE, 0, now);
      long written = Syscalls.call(scratch, abi.write, out, buffer.address(), now);
      LinuxFaults.check("write", shown, written);
      done += (int) written;
    }
  }

  private void setTimes(int out, long modifiedNs, String shown) throws Fault {
    Scratch scratch = Scratch.get();
    MemorySegment times = scratch.small;
    for (int at = 0; at <= 16; at += 16) {
      times.set(JAVA_LONG, at, Math.floorDiv(modifiedNs, NANOS));
      times.set(JAVA_LONG, at + 8, Math.floorMod(modifiedNs, NANOS));
    }
    long timed = Syscalls.call(scratch, abi.utimensat, out, 0, scratch.smallAddress);
    LinuxFaults.check("utimensat", shown, timed);
  }
}
