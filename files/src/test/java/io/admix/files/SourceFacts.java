package io.admix.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a source's entry is: kind, mode, owner, group, size, time, inode, {@code user.*} attributes
 * and bytes. Not compared are the times of access and of status and the number of links: reading
 * and linking change them by themselves.
 */
record SourceFacts(Map<String, String> facts) {
  /** What may be read of one tree: the rest is told by stat alone. */
  static final class Budget {
    private static final int FILES_MAX = 5_000;
    private static final long BYTES_MAX = 64L << 20;
    private int files = FILES_MAX;
    private long bytes = BYTES_MAX;

    boolean holdsFile() {
      return files-- > 0;
    }

    boolean holdsBytes(long size) {
      if (size > bytes) {
        return false;
      }
      bytes -= size;
      return true;
    }
  }

  private static final String STAT = "unix:mode,uid,gid,size,ino,lastModifiedTime";

  /**
   * Of the first 5,000 entries of a tree attributes and bytes are read, bytes up to 64 MiB
   * together; of all others stat alone.
   */
  static SourceFacts of(Path path, Budget budget) throws IOException {
    BasicFileAttributes kind =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Map<String, Object> stat = Files.readAttributes(path, STAT, LinkOption.NOFOLLOW_LINKS);
    Map<String, String> facts = new TreeMap<>();
    stat.forEach((name, value) -> facts.put(name, String.valueOf(value)));
    if (!kind.isRegularFile()) {
      // A folder's size is how its file system keeps names, not what it holds.
      facts.remove("size");
    }
    if (kind.isSymbolicLink()) {
      facts.put("link", Files.readSymbolicLink(path).toString());
      return new SourceFacts(facts);
    }
    // Opening a FIFO waits for its other end; what is neither file nor folder has none to show.
    if (kind.isOther() || !budget.holdsFile()) {
      return new SourceFacts(facts);
    }
    facts.put("xattrs", attributes(path));
    if (kind.isRegularFile() && budget.holdsBytes(kind.size())) {
      facts.put("bytes", bytes(path));
    }
    return new SourceFacts(facts);
  }

  private static String bytes(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 14];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
    }
    return Long.toHexString(sum.getValue());
  }

  /** Only {@code user.*}: Java shows no others. */
  private static String attributes(Path path) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    if (view == null) {
      return "";
    }
    try {
      Map<String, String> values = new TreeMap<>();
      for (String name : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        values.put(name, HexFormat.of().formatHex(value.array()));
      }
      return values.toString();
    } catch (IOException | UncheckedIOException unsupported) {
      return "";
    }
  }

  boolean isFolder() {
    return (Integer.parseInt(String.valueOf(facts.get("mode"))) & 0170000) == 0040000;
  }

  /** In words, or empty when nothing differs. What was read only once is not compared. */
  List<String> differences(SourceFacts now) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      @Nullable String other = now.facts.get(fact.getKey());
      boolean unread =
          other == null && (fact.getKey().equals("bytes") || fact.getKey().equals("xattrs"));
      if (!unread && !Objects.equals(fact.getValue(), other)) {
        differences.add(fact.getKey() + " was " + fact.getValue() + ", is " + other);
      }
    }
    return differences;
  }
}
