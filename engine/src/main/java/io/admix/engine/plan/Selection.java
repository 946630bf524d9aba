package io.admix.engine.plan;

import io.admix.core.recipe.Layout;
import io.admix.engine.sort.RecordCursor;
import io.admix.files.LinkRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Brings the chosen files into canonical order. A record is the canonical key, ended by a zero byte
 * so that no key begins another, and what follows:
 *
 * <pre>
 * target folder ‖ 0 ‖ source 4 ‖ source folder ‖ 0 ‖ source name ‖ 0 ‖ size 8 ‖ modification time 8 ‖ inode 8 ‖ verdict on links 1 ‖ row id
 * </pre>
 *
 * Where the file was looked at elsewhere already, {@link PartLooks} puts what was seen before the
 * row id and marks the verdict.
 */
final class Selection {
  private static final LinkRules.Verdict[] VERDICTS = LinkRules.Verdict.values();
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Layout layout;
  private final byte[][] names;
  private final Sink sink;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

  /** Takes records, which it must copy. */
  @FunctionalInterface
  interface Sink {
    void add(byte[] array, int offset, int length) throws IOException;
  }

  Selection(Layout layout, java.util.List<PlanSourceInfo> sources, Sink sink) {
    this.layout = layout;
    this.names =
        sources.stream()
            .map(source -> source.name().getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.sink = sink;
  }

  /** Adds a main entry. */
  void add(int source, Candidate candidate) throws IOException {
    int nameAt = nameOffset(candidate);
    reserve(candidate, source);
    putTargetFolder(source, candidate, nameAt);
    buffer.put((byte) 0).putInt(source);
    putRest(candidate, nameAt);
    sink.add(buffer.array(), 0, buffer.position());
  }

  /**
   * Adds a reserve, before whose target folder stand source and rank: reserves are taken in that
   * order. The path's folder and name follow as in {@link #add}.
   *
   * <pre>
   * source 4 ‖ rank 8 ‖ source folder ‖ 0 ‖ source name ‖ 0 ‖ size 8 ‖ …
   * </pre>
   */
  void addReserve(int source, Candidate candidate) throws IOException {
    reserve(candidate, source);
    buffer.putInt(source).putLong(candidate.rank());
    putRest(candidate, nameOffset(candidate));
    sink.add(buffer.array(), 0, buffer.position());
  }

  private void reserve(Candidate candidate, int source) {
    int most = candidate.length() + candidate.pathLength() + names[source].length + 64;
    if (buffer.capacity() < most) {
      buffer = ByteBuffer.allocate(most * 2);
    }
    buffer.clear();
  }

  private void putTargetFolder(int source, Candidate candidate, int nameAt) {
    switch (layout) {
      case BY_SOURCE -> {
        buffer.put(names[source]);
        int folder = folderLength(candidate, nameAt);
        if (folder > 0) {
          buffer.put((byte) '/').put(candidate.array(), candidate.pathOffset(), folder);
        }
      }
      case FLAT -> {}
      case SHARDED -> {
        int low = (int) candidate.rank() & 0xff;
        buffer.put(HEX[low >> 4]).put(HEX[low & 15]);
      }
    }
  }

  /** Number of the target folder of a main entry's record in a sharded layout. */
  static int shard(RecordCursor record) {
    byte[] array = record.array();
    return Character.digit(array[record.offset()], 16) << 4
        | Character.digit(array[record.offset() + 1], 16);
  }

  /** Target folder of a reserve, from its record. */
  static String targetFolder(Layout layout, String sourceName, String sourceFolder, long rank) {
    return switch (layout) {
      case BY_SOURCE -> sourceFolder.isEmpty() ? sourceName : sourceName + "/" + sourceFolder;
      case FLAT -> "";
      case SHARDED -> "%02x".formatted(rank & 0xff);
    };
  }

  private void putRest(Candidate candidate, int nameAt) {
    byte[] array = candidate.array();
    int folder = folderLength(candidate, nameAt);
    int end = candidate.pathOffset() + candidate.pathLength();
    buffer.put(array, candidate.pathOffset(), folder).put((byte) 0);
    buffer.put(array, nameAt, end - nameAt).put((byte) 0);
    buffer.putLong(candidate.size()).putLong(candidate.modifiedNs()).putLong(candidate.inode());
    buffer.put(candidate.verdict());
    buffer.put(array, candidate.rowOffset(), candidate.rowLength());
  }

  private static int folderLength(Candidate candidate, int nameAt) {
    return Math.max(0, nameAt - 1 - candidate.pathOffset());
  }

  private static int nameOffset(Candidate candidate) {
    byte[] array = candidate.array();
    int at = candidate.pathOffset() + candidate.pathLength();
    while (at > candidate.pathOffset() && array[at - 1] != '/') {
      at--;
    }
    return at;
  }

  /**
   * Takes records apart; texts that stay the same from one to the next are decoded once. Used by
   * one thread.
   */
  static final class Fields {
    private final Text targetFolder = new Text();
    private final Text sourceFolder = new Text();
    private byte[] array = new byte[0];
    private int at;
    private int end;

    int source;
    long rank;
    String target = "";
    String folder = "";
    String name = "";
    long size;
    long modifiedNs;
    long inode;
    LinkRules.Verdict verdict = LinkRules.Verdict.FREE;
    @org.jspecify.annotations.Nullable String row;

    /** What was seen of it elsewhere, or null. */
    PartLooks.@org.jspecify.annotations.Nullable Look look;

    void readMain(byte[] bytes, int offset, int length) {
      begin(bytes, offset, length);
      target = targetFolder.at(array, at, zero());
      source = ByteBuffer.wrap(array, at, Integer.BYTES).getInt();
      at += Integer.BYTES;
      readRest();
    }

    void readReserve(byte[] bytes, int offset, int length) {
      begin(bytes, offset, length);
      ByteBuffer head = ByteBuffer.wrap(array, at, Integer.BYTES + Long.BYTES);
      source = head.getInt();
      rank = head.getLong();
      at += Integer.BYTES + Long.BYTES;
      readRest();
    }

    private void begin(byte[] bytes, int offset, int length) {
      array = bytes;
      at = offset;
      end = offset + length;
    }

    /** First byte behind the name: {@code size 8 ‖ …}. */
    int restAt;

    private void readRest() {
      folder = sourceFolder.at(array, at, zero());
      int start = at;
      name = new String(array, start, zero() - start, StandardCharsets.UTF_8);
      restAt = at;
      ByteBuffer numbers = ByteBuffer.wrap(array, at, 3 * Long.BYTES);
      size = numbers.getLong();
      modifiedNs = numbers.getLong();
      inode = numbers.getLong();
      int marked = array[at + 3 * Long.BYTES];
      verdict = VERDICTS[marked & ~PartLooks.MARK];
      int rowAt = at + 3 * Long.BYTES + 1;
      look = null;
      if ((marked & PartLooks.MARK) != 0) {
        look = PartLooks.read(array, rowAt);
        rowAt += look.length();
      }
      row = rowAt == end ? null : new String(array, rowAt, end - rowAt, StandardCharsets.UTF_8);
    }

    /** Index of the next zero byte; the position moves behind it. */
    private int zero() {
      int zero = at;
      while (array[zero] != 0) {
        zero++;
      }
      at = zero + 1;
      return zero;
    }
  }

  /** A text that is often the same as before. */
  private static final class Text {
    private byte[] bytes = new byte[0];
    private String text = "";

    String at(byte[] array, int from, int to) {
      if (!Arrays.equals(array, from, to, bytes, 0, bytes.length)) {
        bytes = Arrays.copyOfRange(array, from, to);
        text = new String(bytes, StandardCharsets.UTF_8);
      }
      return text;
    }
  }
}
