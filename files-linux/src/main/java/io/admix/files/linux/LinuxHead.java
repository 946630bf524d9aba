package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.admix.files.Digests;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Segments;
import io.admix.files.Stat;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads the bytes of a file, the first or all: of the very file that was opened and found to be a
 * regular one.
 */
final class LinuxHead {
  private static final int AT_EMPTY_PATH = 0x1000;

  private LinuxHead() {}

  static byte[] read(Resolver resolver, Handle folder, String name, String shown, int most)
      throws Fault {
    int in = open(resolver.abi, folder, name, shown);
    try {
      long size = requireRegular(resolver.abi, in, shown).size();
      return bytes(resolver.abi, in, shown, (int) Math.min(size, most));
    } finally {
      resolver.close(in);
    }
  }

  static byte[] digest(Resolver resolver, Handle folder, String name, String shown) throws Fault {
    Segments.requireName("openat", name);
    int in = open(resolver.abi, folder, name, shown);
    try {
      requireRegular(resolver.abi, in, shown);
      MessageDigest digest = Digests.sha256();
      MemorySegment buffer = Scratch.get().transfer();
      for (int got = read(resolver.abi, in, shown, buffer, buffer.byteSize());
          got > 0;
          got = read(resolver.abi, in, shown, buffer, buffer.byteSize())) {
        digest.update(buffer.asSlice(0, got).asByteBuffer());
      }
      return digest.digest();
    } finally {
      resolver.close(in);
    }
  }

  /** O_NONBLOCK: opening a FIFO must not wait for a writer. */
  static int open(Abi abi, Handle folder, String name, String shown) throws Fault {
    int flags = Abi.O_RDONLY | abi.nofollow | Abi.O_CLOEXEC | Abi.O_NONBLOCK;
    int fd = folder.enter("openat");
    try {
      Scratch scratch = Scratch.get();
      long opened = Syscalls.call(scratch, abi.openat, fd, scratch.first("openat", name), flags);
      LinuxFaults.check("openat", shown, opened);
      return (int) opened;
    } finally {
      folder.leave();
    }
  }

  private static Stat requireRegular(Abi abi, int in, String shown) throws Fault {
    Scratch scratch = Scratch.get();
    long result =
        Syscalls.call(
            scratch,
            abi.statx,
            in,
            scratch.empty(),
            AT_EMPTY_PATH,
            Statx.MASK,
            scratch.statxAddress,
            0);
    LinuxFaults.check("statx", shown, result);
    Stat stat = Statx.read(scratch.statx);
    if (!stat.isRegular()) {
      throw new Fault("read", Errno.EINVAL, shown, "it is " + stat.kind().words());
    }
    return stat;
  }

  private static byte[] bytes(Abi abi, int in, String shown, int wanted) throws Fault {
    MemorySegment buffer = Scratch.get().transfer();
    byte[] bytes = new byte[wanted];
    int done = 0;
    while (done < wanted) {
      int got = read(abi, in, shown, buffer, Math.min(wanted - done, buffer.byteSize()));
      if (got == 0) {
        return Arrays.copyOf(bytes, done);
      }
      MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, done, got);
      done += got;
    }
    return bytes;
  }

  private static int read(Abi abi, int in, String shown, MemorySegment buffer, long most)
      throws Fault {
    long got = Syscalls.call(Scratch.get(), abi.read, in, buffer.address(), most);
    LinuxFaults.check("read", shown, got);
    return (int) got;
  }
}
