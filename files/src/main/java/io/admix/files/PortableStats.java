package io.admix.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Reads attributes by NIO, symbolic links not followed. */
final class PortableStats {
  /** Asked for by name: the star would look up the owner's and the group's names too. */
  private static final String UNIX = "unix:mode,ino,dev,nlink,uid,size,lastModifiedTime";

  private static final int TYPE_MASK = 0170000;

  private PortableStats() {}

  static boolean hasUnix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  static Stat of(Path path) throws IOException {
    return hasUnix(path) ? unix(path) : basic(path);
  }

  private static Stat unix(Path path) throws IOException {
    Map<String, Object> a = Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(a, "mode");
    FileTime modified = (FileTime) Objects.requireNonNull(a.get("lastModifiedTime"));
    return new Stat(
        kindOf(mode),
        number(a, "dev"),
        number(a, "ino"),
        number(a, "size"),
        nanos(modified),
        number(a, "nlink"),
        mode & 07777,
        number(a, "uid"));
  }

  /**
   * Where the platform tells no inode: the file key's hash, else a hash of what all hard links of
   * one file share (creation time, size, modification time), so that a link is still recognised as
   * its source.
   */
  static Stat basic(Path path) throws IOException {
    BasicFileAttributes a =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Object key = a.fileKey();
    long modifiedNs = nanos(a.lastModifiedTime());
    long inode =
        key != null
            ? mix(key.toString().hashCode(), key.hashCode())
            : mix(mix(nanos(a.creationTime()), a.size()), modifiedNs);
    return new Stat(
        kindOf(a), deviceOf(path), inode == 0 ? 1 : inode, a.size(), modifiedNs, 1, 0, -1);
  }

  private static long deviceOf(Path path) throws IOException {
    Path parent = path.getParent();
    return Files.getFileStore(parent == null ? path : parent).name().hashCode();
  }

  /**
   * The finalising steps of MurmurHash3, public domain: every input bit reaches every output bit.
   */
  private static long mix(long a, long b) {
    long h = a * 31 + b;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  private static long number(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static Stat.Kind kindOf(int mode) {
    return switch (mode & TYPE_MASK) {
      case 0100000 -> Stat.Kind.REGULAR;
      case 0040000 -> Stat.Kind.DIRECTORY;
      case 0120000 -> Stat.Kind.SYMLINK;
      default -> Stat.Kind.OTHER;
    };
  }

  private static Stat.Kind kindOf(BasicFileAttributes a) {
    if (a.isRegularFile()) {
      return Stat.Kind.REGULAR;
    }
    if (a.isDirectory()) {
      return Stat.Kind.DIRECTORY;
    }
    return a.isSymbolicLink() ? Stat.Kind.SYMLINK : Stat.Kind.OTHER;
  }
}
