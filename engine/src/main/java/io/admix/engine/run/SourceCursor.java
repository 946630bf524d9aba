package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import io.admix.files.RealFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The source folder that one worker is in: opened below its root once for consecutive entries of
 * it. For an entry whose source is a symbolic link it is the folder of the file that the link led
 * to when it was planned, if it leads there still. Used by one thread.
 */
final class SourceCursor implements AutoCloseable {
  private static final int OPENS = 3;

  private final SourceRoots roots;
  private final RealFiles realFiles;
  private int source = -1;
  private String name = "";
  private @Nullable PlanEntry link;
  private @Nullable Folder folder;
  private @Nullable Folder realFolder;
  private EntryResult.@Nullable Failed failure;

  SourceCursor(SourceRoots roots) {
    this.roots = roots;
    this.realFiles = new RealFiles(roots.access());
  }

  /**
   * Goes to the entry's folder. Where it cannot be opened, {@link #failure} says why the entry
   * fails.
   */
  void moveTo(PlanEntry entry) throws PlacingStoppedException {
    if (entry.realPath() != null) {
      leave();
      link = entry;
      open();
      return;
    }
    boolean isHere =
        link == null
            && (folder != null || failure != null)
            && entry.source() == source
            && entry.sourceFolder().equals(name);
    if (isHere) {
      return;
    }
    leave();
    source = entry.source();
    name = entry.sourceFolder();
    open();
  }

  /** Opens the same folder again, after the file system dropped the handle. */
  void reopen() throws PlacingStoppedException {
    PlanEntry same = link;
    leave();
    realFiles.close();
    link = same;
    open();
  }

  EntryResult.@Nullable Failed failure() {
    return failure;
  }

  Folder folder() {
    Folder open = link == null ? folder : realFolder;
    if (open == null) {
      throw new IllegalStateException("no source folder is open");
    }
    return open;
  }

  private void open() throws PlacingStoppedException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (link == null) {
          folder = roots.root(source).open(name);
        } else {
          openReal(link, String.valueOf(link.realPath()));
        }
        return;
      } catch (Fault e) {
        if (attempt == OPENS || !isWorthTrying(e.errno(), attempt)) {
          failure = failed(e);
          return;
        }
      }
    }
  }

  /** A link is resolved when it is planned; here it is only seen whether it says the same. */
  private void openReal(PlanEntry entry, String real) throws Fault {
    Path written = Path.of(roots.source(entry.source()).root()).resolve(entry.sourcePath());
    if (!RealFiles.resolve(written).toString().equals(real)) {
      failure =
          new EntryResult.Failed(
              FailureReason.SOURCE_CHANGED,
              written + " was a symbolic link when it was planned, and leads elsewhere now");
      return;
    }
    realFolder = realFiles.folderOf(real);
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

  private void leave() {
    if (folder != null) {
      folder.close();
    }
    folder = null;
    realFolder = null;
    failure = null;
    link = null;
  }

  @Override
  public void close() {
    leave();
    realFiles.close();
  }
}
