package io.admix.files.linux;

import io.admix.files.CopyProgress;
import io.admix.files.Errno;
import io.admix.files.Fault;
import java.util.EnumSet;
import java.util.Set;

/**
 * Brings bytes from file to file: by copy_file_range(2), which stays in the kernel or on the
 * server, else sendfile(2), else read and write. A way is left only before it has moved a byte:
 * after that its fault is the copy's fault.
 */
final class ByteTransfer {
  private static final Set<Errno> OTHER_WAY =
      EnumSet.of(
          Errno.EXDEV,
          Errno.EINVAL,
          Errno.EOPNOTSUPP,
          Errno.ENOSYS,
          Errno.EPERM,
          Errno.ETXTBSY,
          Errno.EBADF);

  private final Abi abi;
  private final int in;
  private final int out;
  private final String shown;

  ByteTransfer(Abi abi, int in, int out, String shown) {
    this.abi = abi;
    this.in = in;
    this.out = out;
    this.shown = shown;
  }

  /** Moves {@code size} bytes, fewer when the source ends before. */
  long run(long size) throws Fault {
    long done = range(size);
    if (done == 0 && size > 0) {
      done = send(size);
    }
    return done == 0 && size > 0 ? readAndWrite(size) : done;
  }

  /**
   * Some kernels answer 0 for files that do have bytes, so 0 leads to the next way like a refusal.
   */
  long range(long size) throws Fault {
    long done = 0;
    while (done < size) {
      long want = Math.min(size - done, CopyProgress.STEP);
      long moved = Syscalls.call(Scratch.get(), abi.copyFileRange, in, 0, out, 0, want, 0);
      if (isEnd("copy_file_range", done, moved)) {
        return done;
      }
      done += moved;
      CopyProgress.moved(moved);
    }
    return done;
  }

  long send(long size) throws Fault {
    long done = 0;
    while (done < size) {
      long want = Math.min(size - done, CopyProgress.STEP);
      long moved = Syscalls.call(Scratch.get(), abi.sendfile, out, in, 0, want, 0, 0);
      if (isEnd("sendfile", done, moved)) {
        return done;
      }
      done += moved;
      CopyProgress.moved(moved);
    }
    return done;
  }

  private boolean isEnd(String operation, long done, long moved) throws Fault {
    boolean refused = moved < 0 && done == 0 && OTHER_WAY.contains(LinuxFaults.named((int) -moved));
    if (!refused) {
      LinuxFaults.check(operation, shown, moved);
    }
    return moved <= 0;
  }

  long readAndWrite(long size) throws Fault {
    Scratch scratch = Scratch.get();
    long buffer = scratch.transfer().address();
    long done = 0;
    while (done < size) {
      long want = Math.min(size - done, Scratch.TRANSFER_BYTES);
      long got = Syscalls.call(scratch, abi.read, in, buffer, want);
      LinuxFaults.check("read", shown, got);
      if (got == 0) {
        return done;
      }
      writeAll(scratch, buffer, got);
      done += got;
      CopyProgress.moved(got);
    }
    return done;
  }

  private void writeAll(Scratch scratch, long buffer, long size) throws Fault {
    long written = 0;
    while (written < size) {
      long now = Syscalls.call(scratch, abi.write, out, buffer + written, size - written);
      LinuxFaults.check("write", shown, now);
      written += now;
    }
  }
}
