package io.admix.files.linux;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Temporaries;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A half-made file: without any name where the file system can (O_TMPFILE), so that a kill leaves
 * nothing; else under a name of ours. Published by a call that never replaces.
 */
final class Temporary {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  static final int RENAME_NOREPLACE = 1;
  private static final int MODE = 0600;

  /** What file systems and kernels without O_TMPFILE answer, open(2). */
  private static final Set<Errno> NO_TMPFILE =
      EnumSet.of(Errno.EOPNOTSUPP, Errno.EISDIR, Errno.EINVAL, Errno.ENOENT, Errno.ENOSYS);

  private final Resolver resolver;
  private final Abi abi;
  private final LinuxCopy.End target;
  private final @Nullable String name;
  private int fd;
  private boolean named;

  private Temporary(Resolver resolver, LinuxCopy.End target, int fd, @Nullable String name) {
    this.resolver = resolver;
    this.abi = resolver.abi;
    this.target = target;
    this.fd = fd;
    this.name = name;
    this.named = name != null;
  }

  static Temporary open(Resolver resolver, LinuxCopy.End target) throws Fault {
    return open(resolver, target, MODE);
  }

  /**
   * @param mode of which the umask takes
   */
  static Temporary open(Resolver resolver, LinuxCopy.End target, int mode) throws Fault {
    Scratch scratch = Scratch.get();
    Abi abi = resolver.abi;
    if (resolver.canLinkByProc()) {
      int flags = Abi.O_WRONLY | abi.tmpfile() | Abi.O_CLOEXEC;
      long here = scratch.first("openat", ".");
      long fd = Syscalls.call(scratch, abi.openat, target.folder(), here, flags, mode, 0, 0);
      if (fd >= 0) {
        return new Temporary(resolver, target, (int) fd, null);
      }
      if (!NO_TMPFILE.contains(LinuxFaults.named((int) -fd))) {
        throw LinuxFaults.of("openat O_TMPFILE", target.shown(), fd);
      }
    }
    return openNamed(resolver, target, mode);
  }

  private static Temporary openNamed(Resolver resolver, LinuxCopy.End target, int mode)
      throws Fault {
    Scratch scratch = Scratch.get();
    Abi abi = resolver.abi;
    String name = Temporaries.newName();
    int flags = Abi.O_WRONLY | Abi.O_CREAT | Abi.O_EXCL | abi.nofollow | Abi.O_CLOEXEC;
    long at = scratch.first("openat", name);
    long fd = Syscalls.call(scratch, abi.openat, target.folder(), at, flags, mode, 0, 0);
    LinuxFaults.check("openat", target.shown() + " as " + name, fd);
    return new Temporary(resolver, target, (int) fd, name);
  }

  int fd() {
    return fd;
  }

  void publish() throws Fault {
    if (name == null) {
      link(AT_FDCWD, "/proc/self/fd/" + fd, AT_SYMLINK_FOLLOW);
      return;
    }
    // Closed before it is visible: some network file systems write, and fail, only here.
    long closed = resolver.close(fd);
    fd = -1;
    LinuxFaults.check("close", target.shown(), closed);
    rename(name);
  }

  private void rename(String from) throws Fault {
    Scratch scratch = Scratch.get();
    long oldAt = scratch.first("renameat2", from);
    long newAt = scratch.second("renameat2", target.name());
    long result =
        Syscalls.call(
            scratch,
            abi.renameat2,
            target.folder(),
            oldAt,
            target.folder(),
            newAt,
            RENAME_NOREPLACE,
            0);
    if (result == -LinuxFaults.EINVAL || result == -LinuxFaults.ENOSYS) {
      link(target.folder(), from, 0);
      return;
    }
    LinuxFaults.check("renameat2", target.shown(), result);
    named = false;
  }

  private void link(int folder, String from, int flags) throws Fault {
    Scratch scratch = Scratch.get();
    long oldAt = scratch.first("linkat", from);
    long newAt = scratch.second("linkat", target.name());
    long result =
        Syscalls.call(scratch, abi.linkat, folder, oldAt, target.folder(), newAt, flags, 0);
    LinuxFaults.check("linkat", target.shown(), result);
  }

  /** Gives back the descriptor and the temporary's name; what was published stays. */
  void discard() {
    if (fd >= 0) {
      resolver.close(fd);
    }
    if (named && name != null) {
      unlink(name);
    }
  }

  /**
   * A name that cannot be removed stays as a `.admix-…part`, which every scan passes over and a
   * resume removes.
   */
  private void unlink(String left) {
    try {
      Scratch scratch = Scratch.get();
      Syscalls.call(scratch, abi.unlinkat, target.folder(), scratch.first("unlinkat", left), 0);
    } catch (Fault e) {
      throw new IllegalStateException("a name of ours does not fit", e);
    }
  }
}
