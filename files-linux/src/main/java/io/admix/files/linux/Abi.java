package io.admix.files.linux;

import java.util.Locale;
import java.util.Optional;

/**
 * What differs per architecture: numbers of system calls and some open flags (Arm's O_DIRECTORY is
 * an unused bit on x86, and x86's O_NOFOLLOW is Arm's O_LARGEFILE).
 *
 * <p>Sources: Linux {@code arch/x86/entry/syscalls/syscall_64.tbl}, {@code
 * include/uapi/asm-generic/unistd.h} and {@code fcntl.h}, {@code
 * arch/arm64/include/uapi/asm/fcntl.h}.
 */
enum Abi {
  X86_64(
      0, 1, 3, 16, 40, 74, 91, 138, 217, 257, 258, 263, 264, 265, 266, 267, 280, 306, 316, 326, 332,
      0x10000, 0x20000),
  AARCH64(
      63, 64, 57, 29, 71, 82, 52, 44, 61, 56, 34, 35, 38, 37, 36, 78, 88, 267, 276, 285, 291,
      0x4000, 0x8000);

  /** The same number everywhere, as for all calls since Linux 5.3. */
  static final int OPENAT2 = 437;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;

  final int read;
  final int write;
  final int close;
  final int ioctl;
  final int sendfile;
  final int fsync;
  final int fchmod;
  final int fstatfs;
  final int getdents64;
  final int openat;
  final int mkdirat;
  final int unlinkat;
  final int renameat;
  final int linkat;
  final int symlinkat;
  final int readlinkat;
  final int utimensat;
  final int syncfs;
  final int renameat2;
  final int copyFileRange;
  final int statx;
  final int directory;
  final int nofollow;

  Abi(
      int read,
      int write,
      int close,
      int ioctl,
      int sendfile,
      int fsync,
      int fchmod,
      int fstatfs,
      int getdents64,
      int openat,
      int mkdirat,
      int unlinkat,
      int renameat,
      int linkat,
      int symlinkat,
      int readlinkat,
      int utimensat,
      int syncfs,
      int renameat2,
      int copyFileRange,
      int statx,
      int directory,
      int nofollow) {
    this.read = read;
    this.write = write;
    this.close = close;
    this.ioctl = ioctl;
    this.sendfile = sendfile;
    this.fsync = fsync;
    this.fchmod = fchmod;
    this.fstatfs = fstatfs;
    this.getdents64 = getdents64;
    this.openat = openat;
    this.mkdirat = mkdirat;
    this.unlinkat = unlinkat;
    this.renameat = renameat;
    this.linkat = linkat;
    this.symlinkat = symlinkat;
    this.readlinkat = readlinkat;
    this.utimensat = utimensat;
    this.syncfs = syncfs;
    this.renameat2 = renameat2;
    this.copyFileRange = copyFileRange;
    this.statx = statx;
    this.directory = directory;
    this.nofollow = nofollow;
  }

  /** Reads at a place. */
  int pread64() {
    return this == X86_64 ? 17 : 67;
  }

  /** O_TMPFILE holds O_DIRECTORY, so that kernels without it refuse the call. */
  int tmpfile() {
    return 0x400000 | directory;
  }

  /** Of this machine, or empty where there is no table for it. */
  static Optional<Abi> current() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
