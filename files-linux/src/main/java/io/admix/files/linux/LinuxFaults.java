package io.admix.files.linux;

import io.admix.files.Errno;
import io.admix.files.Fault;

/**
 * Error numbers of Linux by name; the numbers are the same on x86-64 and 64-bit Arm ({@code
 * asm-generic/errno.h}).
 */
final class LinuxFaults {
  static final int EPERM = 1;
  static final int EBADF = 9;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;

  private LinuxFaults() {}

  /**
   * @param result what a call gave: a negative error number
   */
  static Fault of(String operation, String subject, long result) {
    int number = (int) -result;
    Errno errno = named(number);
    return new Fault(
        operation, errno, subject, errno == Errno.OTHER ? "error number " + number : errno.words());
  }

  /** A file system that cannot sync a folder has nothing to sync. */
  static void checkSync(String subject, long result) throws Fault {
    Errno errno = result < 0 ? named((int) -result) : Errno.OTHER;
    if (errno != Errno.EINVAL && errno != Errno.EOPNOTSUPP && errno != Errno.ENOSYS) {
      check("fsync", subject, result);
    }
  }

  static void check(String operation, String subject, long result) throws Fault {
    if (result < 0) {
      throw of(operation, subject, result);
    }
  }

  static Errno named(int number) {
    return switch (number) {
      case EPERM -> Errno.EPERM;
      case 2 -> Errno.ENOENT;
      case 4 -> Errno.EINTR;
      case 5 -> Errno.EIO;
      case EBADF -> Errno.EBADF;
      case EAGAIN -> Errno.EAGAIN;
      case 12 -> Errno.ENOMEM;
      case EACCES -> Errno.EACCES;
      case 16 -> Errno.EBUSY;
      case 17 -> Errno.EEXIST;
      case 18 -> Errno.EXDEV;
      case 20 -> Errno.ENOTDIR;
      case 21 -> Errno.EISDIR;
      case EINVAL -> Errno.EINVAL;
      case 23 -> Errno.ENFILE;
      case 24 -> Errno.EMFILE;
      case 25 -> Errno.ENOTTY;
      case 26 -> Errno.ETXTBSY;
      case 27 -> Errno.EFBIG;
      case 28 -> Errno.ENOSPC;
      case 30 -> Errno.EROFS;
      case 31 -> Errno.EMLINK;
      case 36 -> Errno.ENAMETOOLONG;
      case ENOSYS -> Errno.ENOSYS;
      case 39 -> Errno.ENOTEMPTY;
      case 40 -> Errno.ELOOP;
      case 75 -> Errno.EOVERFLOW;
      case 95 -> Errno.EOPNOTSUPP;
      case 110 -> Errno.ETIMEDOUT;
      case 116 -> Errno.ESTALE;
      case 122 -> Errno.EDQUOT;
      default -> Errno.OTHER;
    };
  }
}
