package io.admix.core.plan;

import io.admix.core.name.Utf8;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * The canonical order of a plan's entries: target folder, source, source folder, name of the source
 * file; texts as unsigned UTF-8 bytes. Equal selections give equal plans, and placing runs along
 * source folders.
 *
 * <p>A folder is compared as one text, so {@code a-b} comes between {@code a} and {@code a/b}: what
 * matters is that the entries of one folder stand together.
 */
public final class PlanOrder {
  /** The canonical order. Equal only for the same source file in the same target folder. */
  public static final Comparator<PlanEntry> CANONICAL = PlanOrder::compare;

  private PlanOrder() {}

  /** Compares two entries canonically. */
  public static int compare(PlanEntry a, PlanEntry b) {
    int order = Utf8.compare(a.targetFolder(), b.targetFolder());
    if (order == 0) {
      order = Integer.compare(a.source(), b.source());
    }
    if (order == 0) {
      order = Utf8.compare(a.sourceFolder(), b.sourceFolder());
    }
    return order == 0 ? Utf8.compare(a.sourceName(), b.sourceName()) : order;
  }

  /** The sort key of an entry. */
  public static byte[] key(PlanEntry entry) {
    return key(entry.targetFolder(), entry.source(), entry.sourceFolder(), entry.sourceName());
  }

  /**
   * Bytes whose unsigned order is the canonical order:
   *
   * <pre>
   * UTF-8(target folder) ‖ 0x00 ‖ source, 4 bytes big-endian ‖ UTF-8(source folder) ‖ 0x00 ‖ UTF-8(source name)
   * </pre>
   *
   * No name holds a zero byte, so the terminator sorts a text before all that it begins, and keys
   * can be taken apart.
   *
   * @throws IllegalArgumentException when a text holds a lone surrogate or a zero byte, or the
   *     source is below 0
   */
  public static byte[] key(
      String targetFolder, int source, String sourceFolder, String sourceName) {
    if (source < 0) {
      throw new IllegalArgumentException("source " + source + " is below 0");
    }
    byte[] target = bytes(targetFolder);
    byte[] folder = bytes(sourceFolder);
    byte[] name = bytes(sourceName);
    return ByteBuffer.allocate(target.length + folder.length + name.length + 6)
        .put(target)
        .put((byte) 0)
        .putInt(source)
        .put(folder)
        .put((byte) 0)
        .put(name)
        .array();
  }

  private static byte[] bytes(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a zero byte in a name");
    }
    return Utf8.encode(text);
  }
}
