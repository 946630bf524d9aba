package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import org.jspecify.annotations.Nullable;

/**
 * The source folder that one worker is in: opened below its root once for consecutive entries of
 * it. Used by one thread.
 */
final class SourceCursor implements AutoCloseable {
  private static final int OPENS = 3;

  private final SourceRoots roots;
  private int source = -1;
  private String name = "";
  private @Nullable Folder folder;
  private EntryResult.@Nullable Failed failure;

  SourceCursor(SourceRoots roots) {
    this.roots = roots;
  }

  /**
   * Goes to the entry's folder. Where it cannot be opened, {@link #failure} says why every file of
   * it fails.
   */
  void moveTo(PlanEntry entry) throws PlacingStoppedException {
    boolean isHere =
        (folder != null || failure != null)
            && entry.source() == source
            && entry.sourceFolder().equals(name);
    if (isHere) {
      return;
    }
    close();
    source = entry.source();
    name = entry.sourceFolder();
    open();
  }

  /** Opens the same folder again, after the file system dropped the handle. */
  void reopen() throws PlacingStoppedException {
    close();
    open();
  }

  EntryResult.@Nullable Failed failure() {
    return failure;
  }

  Folder folder() {
    if (folder == null) {
      throw new IllegalStateException("no source folder is open");
    }
    return folder;
  }

  private void open() throws PlacingStoppedException {
    for (int attempt = 1; ; attempt++) {
      try {
        folder = roots.root(source).open(name);
        return;
      } catch (Fault e) {
        if (attempt == OPENS || !isWorthTrying(e.errno(), attempt)) {
          failure = failed(e);
          return;
        }
      }
    }
  }

  private static boolean isWorthTrying(Errno errno, int attempt) {
    return switch (errno) {
      case EINTR, EAGAIN, ESTALE -> true;
      case EIO -> attempt == 1;
      default -> false;
    };
  }

  private EntryResult.Failed failed(Fault fault) throws PlacingStoppedException {
    String words = String.valueOf(fault.getMessage());
    return switch (fault.errno()) {
      case ENOENT -> new EntryResult.Failed(FailureReason.SOURCE_MISSING, words);
      case ELOOP, ENOTDIR ->
          new EntryResult.Failed(
              FailureReason.UNSAFE_PATH,
              "a symbolic link or a file stands where a folder was, it is not followed: " + words);
      case EACCES, EPERM -> new EntryResult.Failed(FailureReason.SOURCE_UNREADABLE, words);
      case ESTALE -> new EntryResult.Failed(FailureReason.STALE_HANDLE, words);
      case EMFILE, ENFILE, ENOMEM ->
          throw new PlacingStoppedException(
              words
                  + ". The system is short of a resource: raise the limit or lower admix.copy.max-concurrency, then resume; what was placed stays.",
              true,
              fault);
      default -> new EntryResult.Failed(FailureReason.IO_ERROR, words);
    };
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
    folder = null;
    failure = null;
  }
}
