package io.admix.engine.dataset;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestReader;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Deletes what was published, and nothing else: a file goes only when inode, size and time are
 * those of the manifest. The device is not compared, since it changes over reboots.
 */
final class PublishedFiles {
  private final FileAccess access;
  private final Path root;
  private final DatasetService.Progress progress;
  private long deleted;

  PublishedFiles(FileAccess access, Path root, DatasetService.Progress progress) {
    this.access = access;
    this.root = root;
    this.progress = progress;
  }

  /**
   * Deletes the files of the manifest that are unchanged, then folders that are empty. A symbolic
   * link in the place of the published folder is not followed: hard links have the identity of
   * their sources, and it may lead to those.
   *
   * @return files deleted
   */
  long delete(Path manifest) throws IOException, InterruptedException {
    Path parent = root.getParent();
    if (parent == null) {
      return 0;
    }
    try (Folder above = access.open(parent)) {
      String name = String.valueOf(root.getFileName());
      try (Folder folder = above.open(name)) {
        deleteFiles(manifest, folder);
      }
      deleteIfEmpty(above, name);
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ELOOP && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
    }
    return deleted;
  }

  private void deleteFiles(Path manifest, Folder folder) throws IOException, InterruptedException {
    try (OpenFolder open = new OpenFolder(folder);
        ManifestReader reader = ManifestReader.open(manifest)) {
      requireSame(folder, reader.header());
      for (Optional<ManifestEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        deleteFile(open, e.get());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      open.leave();
    }
  }

  /**
   * Asked of the handle that is deleted from: a hard link in another folder has the identity of one
   * in this.
   */
  private void requireSame(Folder folder, ManifestHeader header) throws IOException {
    long found = folder.stat().inode();
    if (found != header.inode()) {
      throw new IOException(
          "The folder %s is not the one that was published (inode %d, published was %d): nothing more was deleted."
              .formatted(root, found, header.inode()));
    }
  }

  private void deleteFile(OpenFolder open, ManifestEntry entry) throws Fault {
    try {
      Folder parent = open.at(entry.folder());
      if (isAsPublished(parent.stat(entry.name()), entry)) {
        parent.deleteFile(entry.name());
        if (++deleted % 1_000 == 0) {
          progress.at(DatasetService.Step.DELETE, deleted, -1);
        }
      }
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
        throw e;
      }
    }
  }

  /** The manifest's size is that of the source; a symbolic link has one of its own. */
  private static boolean isAsPublished(Stat stat, ManifestEntry entry) {
    boolean isSize =
        entry.method() == LinkMethod.SYMLINK
            ? stat.kind() == Stat.Kind.SYMLINK
            : stat.isRegular() && stat.size() == entry.size();
    return isSize && stat.inode() == entry.inode() && stat.modifiedNs() == entry.modifiedNs();
  }

  private static boolean deleteIfEmpty(Folder parent, String name) throws Fault {
    try {
      parent.deleteFolder(name);
      return true;
    } catch (Fault e) {
      return switch (e.errno()) {
        case ENOTEMPTY, EEXIST -> false;
        case ENOENT -> true;
        default -> throw e;
      };
    }
  }

  /** Keeps the folder of the last file open: the manifest is in order of folders. */
  private static final class OpenFolder implements AutoCloseable {
    private final Folder root;
    private String path = "";
    private Folder current;

    OpenFolder(Folder root) {
      this.root = root;
      this.current = root;
    }

    Folder at(String wanted) throws Fault {
      if (!wanted.equals(path)) {
        leave();
        current = wanted.isEmpty() ? root : root.open(wanted);
        path = wanted;
      }
      return current;
    }

    /**
     * Closes the folder and removes it, with the folders above it, as far as they are empty: what
     * still holds something stays.
     */
    void leave() throws Fault {
      String left = path;
      close();
      while (!left.isEmpty()) {
        int slash = left.lastIndexOf('/');
        String above = slash < 0 ? "" : left.substring(0, slash);
        if (!isDeleted(above, left.substring(slash + 1))) {
          return;
        }
        left = above;
      }
    }

    private boolean isDeleted(String above, String name) throws Fault {
      if (above.isEmpty()) {
        return deleteIfEmpty(root, name);
      }
      try (Folder parent = root.open(above)) {
        return deleteIfEmpty(parent, name);
      }
    }

    @Override
    public void close() {
      if (current != root) {
        current.close();
      }
      current = root;
      path = "";
    }
  }
}
