package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.Fault;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens folders. Below a root, openat2(2) resolves all segments in the kernel and follows no link;
 * where it is missing (ENOSYS) or a container's filter refuses it (EPERM), one openat for each
 * segment with O_NOFOLLOW does the same, and that is remembered.
 */
final class Resolver {
  private static final int AT_FDCWD = -100;
  private static final int RESOLVE_NO_MAGICLINKS = 0x02;
  private static final int RESOLVE_NO_SYMLINKS = 0x04;
  private static final int RESOLVE_BENEATH = 0x08;
  private static final int OPEN_HOW_BYTES = 24;

  /** openat2 answers EAGAIN when a rename elsewhere might have moved the path out of the root. */
  private static final int AGAIN_MAX = 64;

  final Abi abi;
  private volatile boolean segmentBySegment;
  private volatile @Nullable Boolean procIsThere;

  Resolver(Abi abi) {
    this.abi = abi;
  }

  /**
   * A resolver that has neither openat2 nor /proc, as under a container's filter in a bare chroot.
   */
  static Resolver minimal(Abi abi) {
    Resolver resolver = new Resolver(abi);
    resolver.segmentBySegment = true;
    resolver.procIsThere = false;
    return resolver;
  }

  int openRoot(String path) throws Fault {
    Scratch scratch = Scratch.get();
    long name = scratch.first("openat", path);
    int flags = Abi.O_RDONLY | abi.directory | Abi.O_CLOEXEC;
    long fd = Syscalls.call(scratch, abi.openat, AT_FDCWD, name, flags);
    if (fd == -LinuxFaults.EACCES) {
      fd = Syscalls.call(scratch, abi.openat, AT_FDCWD, name, flags | Abi.O_PATH);
    }
    LinuxFaults.check("openat", path, fd);
    return (int) fd;
  }

  /** Opens for reading, or where only searching is allowed, as a mere place (O_PATH). */
  int openBelow(int root, String relative, String shown) throws Fault {
    int flags = Abi.O_RDONLY | abi.directory | Abi.O_CLOEXEC;
    long fd = resolve(root, relative, flags);
    if (fd == -LinuxFaults.EACCES) {
      fd = resolve(root, relative, flags | Abi.O_PATH);
    }
    LinuxFaults.check("openat2", shown, fd);
    return (int) fd;
  }

  private long resolve(int root, String relative, int flags) throws Fault {
    String path = relative.isEmpty() ? "." : relative;
    if (!segmentBySegment) {
      long fd = openat2(root, path, flags);
      if (fd != -LinuxFaults.ENOSYS && fd != -LinuxFaults.EPERM) {
        return fd;
      }
      segmentBySegment = true;
    }
    return openSegments(root, path, flags);
  }

  private static long openat2(int root, String path, int flags) throws Fault {
    Scratch scratch = Scratch.get();
    MemorySegment how = scratch.small;
    how.set(JAVA_LONG, 0, flags);
    how.set(JAVA_LONG, 8, 0);
    how.set(JAVA_LONG, 16, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
    long name = scratch.first("openat2", path);
    long fd = -LinuxFaults.EAGAIN;
    for (int i = 0; i < AGAIN_MAX && fd == -LinuxFaults.EAGAIN; i++) {
      fd =
          Syscalls.call(
              scratch, Abi.OPENAT2, root, name, scratch.smallAddress, OPEN_HOW_BYTES, 0, 0);
    }
    return fd;
  }

  private long openSegments(int root, String path, int flags) throws Fault {
    long at = root;
    int from = 0;
    while (true) {
      int slash = path.indexOf('/', from);
      String segment = path.substring(from, slash < 0 ? path.length() : slash);
      Scratch scratch = Scratch.get();
      int how = (slash < 0 ? flags : flags | Abi.O_PATH) | abi.nofollow;
      long next = Syscalls.call(scratch, abi.openat, at, scratch.first("openat", segment), how);
      if (at != root) {
        close((int) at);
      }
      if (next < 0 || slash < 0) {
        return next;
      }
      at = next;
      from = slash + 1;
    }
  }

  /** Whether openat2 is used so far: it is not any more once it was refused. */
  boolean resolvesInOneCall() {
    return !segmentBySegment;
  }

  /** Whether a file without a name can be given one: through /proc, which a chroot may lack. */
  boolean canLinkByProc() {
    Boolean known = procIsThere;
    if (known == null) {
      known = Files.exists(Path.of("/proc/self/fd"));
      procIsThere = known;
    }
    return known;
  }

  /** The result tells of bytes that could not be written on some network file systems. */
  long close(int fd) {
    return Syscalls.once(Scratch.get(), abi.close, fd, 0, 0, 0, 0, 0);
  }
}
