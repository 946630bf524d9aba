package io.admix.files;

import java.util.Optional;

/**
 * Named causes of a failed file operation, as errno(3) names them. Numbers stay with each platform.
 */
public enum Errno {
  EPERM("Operation not permitted"),
  ENOENT("No such file or directory"),
  EINTR("Interrupted system call"),
  EIO("Input/output error"),
  EBADF("Bad file descriptor"),
  EAGAIN("Resource temporarily unavailable"),
  ENOMEM("Cannot allocate memory"),
  EACCES("Permission denied"),
  EBUSY("Device or resource busy"),
  EEXIST("File exists"),
  EXDEV("Invalid cross-device link"),
  ENOTDIR("Not a directory"),
  EISDIR("Is a directory"),
  EINVAL("Invalid argument"),
  ENFILE("Too many open files in system"),
  EMFILE("Too many open files"),
  ENOTTY("Inappropriate ioctl for device"),
  ETXTBSY("Text file busy"),
  EFBIG("File too large"),
  ENOSPC("No space left on device"),
  EROFS("Read-only file system"),
  EMLINK("Too many links"),
  ENAMETOOLONG("File name too long"),
  ENOSYS("Function not implemented"),
  ENOTEMPTY("Directory not empty"),
  ELOOP("Too many levels of symbolic links"),
  EOPNOTSUPP("Operation not supported"),
  ETIMEDOUT("Connection timed out"),
  EDQUOT("Disk quota exceeded"),
  ESTALE("Stale file handle"),
  EOVERFLOW("Value too large for defined data type"),
  /** A cause that this list does not name; the fault's message has the platform's own words. */
  OTHER("Unknown cause");

  private final String words;

  Errno(String words) {
    this.words = words;
  }

  /** What strerror(3) says of it in the C locale. */
  public String words() {
    return words;
  }

  /** The cause whose strerror(3) words are contained in {@code text}; the longest wins. */
  static Optional<Errno> inWords(String text) {
    Optional<Errno> found = Optional.empty();
    for (Errno errno : values()) {
      if (text.contains(errno.words)
          && found.map(other -> other.words.length() < errno.words.length()).orElse(true)) {
        found = Optional.of(errno);
      }
    }
    return found;
  }
}
