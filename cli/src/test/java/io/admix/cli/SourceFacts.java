package io.admix.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that Admix must never change below a folder: names, and of each file and folder its inode,
 * owner, group, mode, time, user attributes, and its bytes. The number of links of a file and the
 * times of reading and of inode changes are left out: a hard link changes them by itself.
 *
 * @param entries by path relative to the root, "" for the root itself
 */
record SourceFacts(SortedMap<String, Fact> entries) {

  /**
   * One entry.
   *
   * @param content SHA-256 of a file's bytes, text of a symbolic link, "" for others
   */
  record Fact(
      Kind kind,
      long inode,
      int owner,
      int group,
      int mode,
      FileTime modified,
      long size,
      SortedMap<String, String> attributes,
      String content) {

    boolean isFile() {
      return kind == Kind.FILE;
    }
  }

  enum Kind {
    FILE,
    FOLDER,
    SYMLINK,
    OTHER
  }

  static SourceFacts of(Path root) throws IOException {
    SortedMap<String, Fact> entries = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        entries.put(root.relativize(path).toString(), fact(path));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new SourceFacts(entries);
  }

  /** Only the files. */
  SortedMap<String, Fact> files() {
    SortedMap<String, Fact> files = new TreeMap<>(entries);
    files.values().removeIf(fact -> fact.kind == Kind.FOLDER);
    return files;
  }

  private static Fact fact(Path path) throws IOException {
    Map<String, Object> unix =
        Files.readAttributes(
            path, "unix:ino,uid,gid,mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    Kind kind = kind((int) unix.get("mode"));
    return new Fact(
        kind,
        (long) unix.get("ino"),
        (int) unix.get("uid"),
        (int) unix.get("gid"),
        (int) unix.get("mode"),
        (FileTime) unix.get("lastModifiedTime"),
        kind == Kind.FOLDER ? 0 : (long) unix.get("size"),
        kind == Kind.SYMLINK ? new TreeMap<>() : attributes(path),
        switch (kind) {
          case FILE -> sha256(Files.readAllBytes(path));
          case SYMLINK -> Files.readSymbolicLink(path).toString();
          case FOLDER, OTHER -> "";
        });
  }

  private static Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.FOLDER;
      case 0120000 -> Kind.SYMLINK;
      default -> Kind.OTHER;
    };
  }

  private static SortedMap<String, String> attributes(Path path) throws IOException {
    SortedMap<String, String> attributes = new TreeMap<>();
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    if (view == null) {
      return attributes;
    }
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      view.read(name, value);
      attributes.put(name, HexFormat.of().formatHex(value.array(), 0, value.position()));
    }
    return attributes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
