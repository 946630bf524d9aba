package io.admix.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files by their real paths. The folder of one is opened from the root of the file system, and no
 * symbolic link on the way is followed: a path that was real when it was resolved leads to what was
 * there, or nowhere. The last folder is kept open. Used by one thread.
 */
public final class RealFiles implements AutoCloseable {
  private final FileAccess access;
  private @Nullable Folder top;
  private @Nullable Folder last;
  private String lastPath = "";

  public RealFiles(FileAccess access) {
    this.access = access;
  }

  /**
   * Where a symbolic link leads in the end.
   *
   * @throws Fault ENOENT when it leads nowhere, ELOOP when it leads round in circles
   */
  public static Path resolve(Path link) throws Fault {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      throw PortableFaults.of("resolve", link.toString(), e);
    }
  }

  /**
   * Whether a path is written as real ones are: absolute, of safe segments, no slash at its end.
   */
  public static boolean isWrittenSo(String path) {
    return path.length() > 1 && path.startsWith("/") && Segments.isRelative(path.substring(1));
  }

  /** Base name of a file. */
  public static String nameOf(String real) {
    return real.substring(real.lastIndexOf('/') + 1);
  }

  /**
   * The folder of a file; valid until the next call, and closed by this object.
   *
   * @param real absolute path of the file
   * @throws Fault ELOOP or ENOTDIR when a folder on the way was replaced by a link or a file
   */
  public Folder folderOf(String real) throws Fault {
    String path = real.substring(1, Math.max(1, real.lastIndexOf('/')));
    Folder known = last;
    if (known != null && path.equals(lastPath)) {
      return known;
    }
    closeLast();
    Folder from = top;
    if (from == null) {
      from = access.open(Path.of("/"));
      top = from;
    }
    Folder opened = from.open(path);
    last = opened;
    lastPath = path;
    return opened;
  }

  private void closeLast() {
    if (last != null) {
      last.close();
    }
    last = null;
  }

  @Override
  public void close() {
    closeLast();
    if (top != null) {
      top.close();
    }
    top = null;
  }
}
