package io.admix.engine.verify;

import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A root and the folder below it in which the last file was. What is not there is null, not an
 * error.
 */
final class FolderCursor implements AutoCloseable {
  private final @Nullable Folder root;
  private @Nullable Folder current;
  private @Nullable String name;

  FolderCursor(FileAccess access, Path path) throws Fault {
    root = openOrNull(() -> access.open(path));
  }

  @Nullable Stat stat(String folder, String file) throws Fault {
    Folder at = at(folder);
    return at == null ? null : openOrNull(() -> at.stat(file));
  }

  String readLink(String folder, String file) throws Fault {
    Folder at = at(folder);
    return at == null ? "" : at.readLink(file);
  }

  private @Nullable Folder at(String folder) throws Fault {
    if (!folder.equals(name)) {
      close(current);
      Folder from = root;
      current = from == null ? null : openOrNull(() -> from.open(folder));
      name = folder;
    }
    return current;
  }

  static <T> @Nullable T openOrNull(Opening<T> opening) throws Fault {
    try {
      return opening.open();
    } catch (Fault e) {
      return switch (e.errno()) {
        case ENOENT, ENOTDIR, ELOOP -> null;
        default -> throw e;
      };
    }
  }

  private static void close(@Nullable Folder folder) {
    if (folder != null) {
      folder.close();
    }
  }

  @Override
  public void close() {
    close(current);
    close(root);
  }

  @FunctionalInterface
  interface Opening<T> {
    T open() throws Fault;
  }
}
