package io.admix.engine.plan;

import io.admix.core.name.BaseName;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives each entry of a flat or sharded target a name of its own, in constant time per file and
 * fixed memory.
 *
 * <p>In canonical order the first file of a base name keeps it; the others become {@code
 * stem_i.ext}, i = 1, 2, …, without those numbers whose name is a base name in the selection
 * itself: an original name is never given to another file. {@code stem_i.ext} can be read back in
 * one way only, so two base names never give the same numbered name.
 *
 * <p>Two sorts are merge-joined: the entries by folder, base name and place, and the base names
 * that read as numbered ones by folder, the name they would be made of, and number. A third brings
 * the new names back into the order of places. Reserves come after all main entries: where a main
 * entry was given a reserve's own base name, the reserve is numbered too.
 */
final class TargetNames implements Closeable {
  private static final byte MAIN = 0;
  private static final byte RESERVE = 1;

  /** folder ‖ 0 ‖ base name ‖ 0 ‖ main or reserve 1 ‖ place 8. */
  private final ExternalSorter entries;

  /** folder ‖ 0 ‖ unnumbered name ‖ 0 ‖ number 8 ‖ main or reserve 1. */
  private final ExternalSorter numbered;

  /** folder ‖ 0 ‖ base name ‖ 0 of reserves whose name a main entry was given. */
  private final ExternalSorter lost;

  /** place 8 ‖ new name. */
  private final ExternalSorter renames;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 10);
  private boolean hasReserves;
  private long looks;

  TargetNames(Path folder, int memoryBytes) {
    this.entries = new ExternalSorter(folder, memoryBytes / 2);
    this.numbered = new ExternalSorter(folder, memoryBytes / 6);
    this.lost = new ExternalSorter(folder, memoryBytes / 6);
    this.renames = new ExternalSorter(folder, memoryBytes / 6);
  }

  /** Adds an entry at its place: main entries in canonical order, then reserves. */
  void add(String targetFolder, String baseName, long place) throws IOException {
    put(targetFolder, baseName);
    buffer.put(MAIN).putLong(place);
    entries.add(buffer.array(), 0, buffer.position());
  }

  void addReserve(String targetFolder, String baseName, long place) throws IOException {
    hasReserves = true;
    put(targetFolder, baseName);
    buffer.put(RESERVE).putLong(place);
    entries.add(buffer.array(), 0, buffer.position());
  }

  private void put(String targetFolder, String name) {
    byte[] first = targetFolder.getBytes(StandardCharsets.UTF_8);
    byte[] second = name.getBytes(StandardCharsets.UTF_8);
    if (buffer.capacity() < first.length + second.length + 32) {
      buffer = ByteBuffer.allocate((first.length + second.length + 32) * 2);
    }
    buffer.clear();
    buffer.put(first).put((byte) 0).put(second).put((byte) 0);
  }

  /**
   * The new names in order of place: read with {@link #place} and {@link #name}. Entries that keep
   * theirs are not among them.
   */
  RecordCursor assign() throws IOException {
    findNumbered();
    try (RecordCursor taken = numbered.read()) {
      nameMains(new Numbers(taken));
    }
    if (hasReserves) {
      try (RecordCursor taken = numbered.read();
          RecordCursor gone = lost.read()) {
        nameReserves(new Numbers(taken), new Prefixes(gone));
      }
    }
    return renames.read();
  }

  /** Records that {@link #assign} has looked at so far: some few per entry, whatever the names. */
  long looks() {
    return looks;
  }

  static long place(RecordCursor cursor) {
    return ByteBuffer.wrap(cursor.array(), cursor.offset(), Long.BYTES).getLong();
  }

  static String name(RecordCursor cursor) {
    return new String(
        cursor.array(),
        cursor.offset() + Long.BYTES,
        cursor.length() - Long.BYTES,
        StandardCharsets.UTF_8);
  }

  /** One look at the entries: which base names read as numbered ones. */
  private void findNumbered() throws IOException {
    try (RecordCursor cursor = entries.read()) {
      Group group = new Group(cursor);
      while (group.advance()) {
        if (group.isFirst() && group.mayBeNumbered()) {
          addNumbered(group);
        }
      }
    }
  }

  private void addNumbered(Group group) throws IOException {
    Optional<BaseName.Numbered> parsed = BaseName.parseNumbered(group.baseName());
    if (parsed.isPresent()) {
      put(group.folder(), parsed.get().original());
      buffer.putLong(parsed.get().number()).put(group.isReserve() ? RESERVE : MAIN);
      numbered.add(buffer.array(), 0, buffer.position());
    }
  }

  private void nameMains(Numbers numbers) throws IOException {
    try (RecordCursor cursor = entries.read()) {
      Group group = new Group(cursor);
      long number = 0;
      while (group.advance()) {
        if (group.isReserve()) {
          continue;
        }
        if (group.isFirst()) {
          numbers.seek(group);
          number = 0;
        } else {
          number = numbers.nextFree(number + 1, MAIN);
          String name = rename(group, number);
          if (numbers.isReserveName(number)) {
            put(group.folder(), name);
            lost.add(buffer.array(), 0, buffer.position());
          }
        }
      }
    }
  }

  /** Mains are numbered again, only to know where the reserves go on. */
  private void nameReserves(Numbers numbers, Prefixes gone) throws IOException {
    try (RecordCursor cursor = entries.read()) {
      Group group = new Group(cursor);
      long number = 0;
      while (group.advance()) {
        if (group.isFirst()) {
          numbers.seek(group);
          number = 0;
          if (!group.isReserve() || !gone.has(group)) {
            continue;
          }
        }
        number = numbers.nextFree(number + 1, group.isReserve() ? RESERVE : MAIN);
        if (group.isReserve()) {
          rename(group, number);
        }
      }
    }
  }

  private String rename(Group group, long number) throws IOException {
    String name = group.parts().numbered(number);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] record =
        ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(group.place()).put(bytes).array();
    renames.add(record, 0, record.length);
    return name;
  }

  @Override
  public void close() {
    entries.close();
    numbered.close();
    lost.close();
    renames.close();
  }

  /** Walks over the entries and knows where a new folder and base name begin. */
  private final class Group {
    private static final int TAIL = 1 + Long.BYTES;

    private final RecordCursor cursor;
    private byte[] prefix = new byte[0];
    private boolean isFirst;
    private BaseName parts = new BaseName("", "");

    Group(RecordCursor cursor) {
      this.cursor = cursor;
    }

    boolean advance() throws IOException {
      looks++;
      if (!cursor.advance()) {
        return false;
      }
      int end = cursor.offset() + cursor.length() - TAIL;
      isFirst = !Arrays.equals(cursor.array(), cursor.offset(), end, prefix, 0, prefix.length);
      if (isFirst) {
        prefix = Arrays.copyOfRange(cursor.array(), cursor.offset(), end);
        parts = new BaseName("", "");
      }
      return true;
    }

    boolean isFirst() {
      return isFirst;
    }

    boolean isReserve() {
      return cursor.array()[cursor.offset() + cursor.length() - TAIL] == RESERVE;
    }

    long place() {
      return ByteBuffer.wrap(
              cursor.array(), cursor.offset() + cursor.length() - Long.BYTES, Long.BYTES)
          .getLong();
    }

    boolean mayBeNumbered() {
      for (byte b : prefix) {
        if (b == '_') {
          return true;
        }
      }
      return false;
    }

    private int slash() {
      int at = 0;
      while (prefix[at] != 0) {
        at++;
      }
      return at;
    }

    String folder() {
      return new String(prefix, 0, slash(), StandardCharsets.UTF_8);
    }

    String baseName() {
      int start = slash() + 1;
      return new String(prefix, start, prefix.length - 1 - start, StandardCharsets.UTF_8);
    }

    BaseName parts() {
      if (parts.stem().isEmpty()) {
        parts = BaseName.of(baseName());
      }
      return parts;
    }
  }

  /** The numbers that originals take from a base name, read beside the entries. */
  private final class Numbers {
    private static final int TAIL = Long.BYTES + 1;

    private final RecordCursor cursor;
    private boolean isThere;
    private byte[] prefix = new byte[0];

    Numbers(RecordCursor cursor) throws IOException {
      this.cursor = cursor;
      this.isThere = cursor.advance();
    }

    void seek(Group group) throws IOException {
      prefix = group.prefix;
      while (isThere && compare() < 0) {
        looks++;
        isThere = cursor.advance();
      }
    }

    private int compare() {
      int end = cursor.offset() + cursor.length() - TAIL;
      return Arrays.compareUnsigned(cursor.array(), cursor.offset(), end, prefix, 0, prefix.length);
    }

    private long number() {
      return ByteBuffer.wrap(cursor.array(), cursor.offset() + cursor.length() - TAIL, Long.BYTES)
          .getLong();
    }

    private boolean isReserve() {
      return cursor.array()[cursor.offset() + cursor.length() - 1] == RESERVE;
    }

    /**
     * The first number from {@code number} on that no original has; for main entries those of
     * reserves are free.
     */
    long nextFree(long number, byte kind) throws IOException {
      long free = number;
      while (isThere && compare() == 0) {
        looks++;
        if (number() > free || number() == free && kind == MAIN && isReserve()) {
          return free;
        }
        free = number() == free ? free + 1 : free;
        isThere = cursor.advance();
      }
      return free;
    }

    /** Whether a reserve's own base name has this number, right after {@link #nextFree} gave it. */
    boolean isReserveName(long number) {
      return isThere && compare() == 0 && number() == number && isReserve();
    }
  }

  /** Folder and base name pairs, read beside the entries. */
  private static final class Prefixes {
    private final RecordCursor cursor;
    private boolean isThere;

    Prefixes(RecordCursor cursor) throws IOException {
      this.cursor = cursor;
      this.isThere = cursor.advance();
    }

    boolean has(Group group) throws IOException {
      while (isThere && compare(group) < 0) {
        isThere = cursor.advance();
      }
      return isThere && compare(group) == 0;
    }

    private int compare(Group group) {
      return Arrays.compareUnsigned(
          cursor.array(),
          cursor.offset(),
          cursor.offset() + cursor.length(),
          group.prefix,
          0,
          group.prefix.length);
    }
  }
}
