package io.admix.engine.verify;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import io.admix.files.object.ObjectKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published folder. Identity is inode, size and modification time; the device is not compared,
 * since it may change over reboots.
 */
final class PublishedFolder implements Published {
  private final FileAccess access;
  private final Path folder;
  private final FolderCursor files;

  PublishedFolder(FileAccess access, Path folder) throws Fault {
    this.access = access;
    this.folder = folder;
    this.files = new FolderCursor(access, folder);
  }

  @Override
  public Optional<ObjectKey> objectOf(ManifestEntry entry) {
    return Optional.empty();
  }

  @Override
  public String damage(ManifestEntry entry, Sources sources, @Nullable ObjectHeads heads)
      throws Fault {
    Stat stat = files.stat(entry.folder(), entry.name());
    if (stat == null) {
      return GONE;
    }
    boolean isLink = entry.method() == LinkMethod.SYMLINK;
    Stat.Kind kind = isLink ? Stat.Kind.SYMLINK : Stat.Kind.REGULAR;
    if (stat.kind() != kind) {
      return "is " + stat.kind() + ", was " + kind;
    }
    if (stat.inode() != entry.inode()) {
      return "is another file: inode %d, was %d".formatted(stat.inode(), entry.inode());
    }
    if (isLink) {
      String real = entry.real();
      String wanted = real == null ? sources.written(entry) : real;
      String text = files.readLink(entry.folder(), entry.name());
      return wanted.equals(text) ? "" : "points to %s, was made for %s".formatted(text, wanted);
    }
    if (stat.size() != entry.size()) {
      return "has %,d bytes, had %,d".formatted(stat.size(), entry.size());
    }
    return stat.modifiedNs() == entry.modifiedNs() ? "" : "was modified since it was published";
  }

  @Override
  public String missingMarker() {
    return "";
  }

  @Override
  public void extras(PathSet known, Extra visitor) throws Fault {
    try (Folder root = access.open(folder)) {
      extras(root, "", known, visitor);
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  /** Holds the folder names of one level at a time. */
  private static void extras(Folder folder, String path, PathSet known, Extra visitor)
      throws Fault {
    List<String> folders = new ArrayList<>();
    folder.list((name, kind) -> {
      if (name == null) {
        visitor.path(path + "(a name that is no UTF-8)");
      } else if (isFolder(folder, name, kind)) {
        folders.add(name);
      } else if (!known.contains(path + name)) {
        visitor.path(path + name);
      }
    });
    for (String name : folders) {
      try (Folder below = folder.open(name)) {
        extras(below, path + name + "/", known, visitor);
      }
    }
  }

  /** Some file systems do not tell kinds while listing. */
  private static boolean isFolder(Folder folder, String name, Stat.Kind kind) throws Fault {
    return kind == Stat.Kind.DIRECTORY
        || kind == Stat.Kind.OTHER && folder.stat(name).kind() == Stat.Kind.DIRECTORY;
  }

  @Override
  public void close() {
    files.close();
  }
}
