package io.admix.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the errno that a NIO exception hides: by its type, else by the platform's words in its
 * reason.
 */
final class PortableFaults {
  /** What Windows, macOS and the JDK say in place of strerror's words. */
  private static final Map<String, Errno> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("not enough space on the disk", Errno.ENOSPC),
          Map.entry("to a different disk drive", Errno.EXDEV),
          Map.entry("Cross-device link", Errno.EXDEV),
          Map.entry("more links on a file than", Errno.EMLINK),
          Map.entry("required privilege is not held", Errno.EPERM),
          Map.entry("being used by another process", Errno.EBUSY),
          Map.entry("Resource busy", Errno.EBUSY),
          Map.entry("media is write protected", Errno.EROFS),
          Map.entry("Stale NFS file handle", Errno.ESTALE),
          Map.entry("Operation timed out", Errno.ETIMEDOUT),
          Map.entry("Not supported", Errno.EOPNOTSUPP));

  private PortableFaults() {}

  static Fault of(String operation, String subject, IOException cause) {
    if (cause instanceof Fault fault) {
      return fault;
    }
    Errno errno = errnoOf(cause);
    return new Fault(
        operation, errno, subject, errno == Errno.OTHER ? wordsOf(cause) : errno.words());
  }

  static Errno errnoOf(IOException cause) {
    return switch (cause) {
      case AccessDeniedException e -> inWords(e.getReason()).orElse(Errno.EACCES);
      case NoSuchFileException e -> Errno.ENOENT;
      case FileAlreadyExistsException e -> Errno.EEXIST;
      case DirectoryNotEmptyException e -> Errno.ENOTEMPTY;
      case NotDirectoryException e -> Errno.ENOTDIR;
      case FileSystemLoopException e -> Errno.ELOOP;
      case NotLinkException e -> Errno.EINVAL;
      case ClosedByInterruptException e -> Errno.EINTR;
      case FileSystemException e -> inWords(e.getReason()).orElse(Errno.OTHER);
      default -> inWords(cause.getMessage()).orElse(Errno.OTHER);
    };
  }

  private static Optional<Errno> inWords(@Nullable String reason) {
    if (reason == null) {
      return Optional.empty();
    }
    return Errno.inWords(reason)
        .or(() ->
            OTHER_WORDS.entrySet().stream()
                .filter(e -> reason.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst());
  }

  private static String wordsOf(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
