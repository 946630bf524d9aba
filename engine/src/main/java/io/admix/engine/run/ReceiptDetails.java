package io.admix.engine.run;

import io.admix.catalog.Receipt;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.verify.MadeObject;
import io.admix.files.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * What a run did, entry by entry, in the few bytes that a receipt keeps.
 *
 * <p>Version 2: the byte 2, then per stretch of entries of one source: source, number of entries,
 * bytes placed; then per entry one byte (0 to 3 the method, 16 and above a failure's reason, 255
 * not tried; 4 to 6 an object: made, found there, made without a mark) and for a placed one inode,
 * size and time, for an object size, entity tag and version; at the end the CRC-32C of all before
 * it, in four bytes. Numbers are LEB128; inodes and times are zigzag differences to the entry
 * before, since neighbours lie close.
 */
record ReceiptDetails(List<Group> groups, List<EntryResult> results) {
  private static final int VERSION = 2;
  private static final int SEAL_BYTES = Integer.BYTES;

  /** More entries than a run has are not read, so that a damaged receipt takes no memory. */
  private static final int ENTRIES_MAX = 1 << 16;

  private static final int OBJECT = 4;
  private static final int OBJECT_NOT_OURS = 5;
  private static final int OBJECT_UNMARKED = 6;
  private static final int FAILURE = 16;
  private static final int UNUSED = 255;
  private static final LinkMethod[] METHODS = {
    LinkMethod.HARDLINK, LinkMethod.REFLINK, LinkMethod.SYMLINK, LinkMethod.COPY
  };
  private static final FailureReason[] REASONS = {
    FailureReason.SOURCE_MISSING,
    FailureReason.SOURCE_CHANGED,
    FailureReason.SOURCE_UNREADABLE,
    FailureReason.UNSAFE_PATH,
    FailureReason.CONFLICT,
    FailureReason.NO_METHOD,
    FailureReason.IO_ERROR,
    FailureReason.STALE_HANDLE
  };

  private static final List<LinkMethod> METHOD_CODES = List.of(METHODS);
  private static final List<FailureReason> REASON_CODES = List.of(REASONS);

  /**
   * Consecutive entries of one source.
   *
   * @param bytes of those that were placed, as planned
   */
  record Group(int source, int entries, long bytes) {}

  static byte[] encode(List<PlanEntry> entries, List<EntryResult> results) {
    Writer out = new Writer(16 + results.size() * 16);
    out.write(VERSION);
    long inode = 0;
    long time = 0;
    int start = 0;
    while (start < entries.size()) {
      int end = endOfGroup(entries, start);
      out.number(entries.get(start).source());
      out.number(end - start);
      out.number(placedBytes(entries, results, start, end));
      for (int i = start; i < end; i++) {
        EntryResult result = results.get(i);
        out.write(code(result));
        if (result instanceof EntryResult.Placed placed && placed.object() != null) {
          out.number(placed.size());
          out.text(placed.object().etag());
          out.text(Objects.requireNonNullElse(placed.object().version(), ""));
        } else if (result instanceof EntryResult.Placed placed) {
          out.number(zigzag(placed.inode() - inode));
          out.number(placed.size());
          out.number(zigzag(placed.modifiedNs() - time));
          inode = placed.inode();
          time = placed.modifiedNs();
        }
      }
      start = end;
    }
    return sealed(out.toBytes());
  }

  /** The bytes with their checksum behind them. */
  static byte[] sealed(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + SEAL_BYTES).put(bytes).putInt(crc(bytes)).array();
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /**
   * Reads what a stored receipt holds, and compares it with the counts beside it.
   *
   * @throws DamagedReceiptException as {@link #decode}, or when the counts are others
   */
  static ReceiptDetails of(Receipt receipt) {
    ReceiptDetails details;
    try {
      details = decode(receipt.details());
    } catch (DamagedReceiptException e) {
      throw new DamagedReceiptException("run " + receipt.run() + ": " + e.getMessage());
    }
    long placed = details.results.stream().filter(r -> r instanceof EntryResult.Placed).count();
    long failed = details.results.stream().filter(r -> r instanceof EntryResult.Failed).count();
    if (placed != receipt.files() || failed != receipt.failures()) {
      throw new DamagedReceiptException(
          "run %d: its receipt counts %d files and %d failures, but lists %d and %d"
              .formatted(receipt.run(), receipt.files(), receipt.failures(), placed, failed));
    }
    return details;
  }

  /**
   * @throws DamagedReceiptException when the bytes are of another version, cut short, or not those
   *     that were written
   */
  static ReceiptDetails decode(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new DamagedReceiptException(
          bytes.length == 0
              ? "a receipt is empty"
              : "a receipt of version "
                  + bytes[0]
                  + " is not known to this Admix, which reads version "
                  + VERSION);
    }
    int end = bytes.length - SEAL_BYTES;
    if (end < 1) {
      throw new DamagedReceiptException("a receipt is cut short to " + bytes.length + " bytes");
    }
    byte[] content = Arrays.copyOf(bytes, end);
    if (ByteBuffer.wrap(bytes).getInt(end) != crc(content)) {
      throw new DamagedReceiptException(
          "a receipt is damaged or cut short: its checksum does not fit its bytes");
    }
    return parse(new Reader(content));
  }

  private static ReceiptDetails parse(Reader in) {
    in.next();
    List<Group> groups = new ArrayList<>();
    List<EntryResult> results = new ArrayList<>();
    long inode = 0;
    long time = 0;
    while (in.hasMore()) {
      Group group = new Group(in.small(), in.small(), in.number());
      if (group.entries() < 1 || group.bytes() < 0) {
        throw new DamagedReceiptException("a receipt has an impossible group: " + group);
      }
      groups.add(group);
      for (int i = 0; i < group.entries(); i++) {
        int code = in.next();
        if (code < METHODS.length) {
          inode += unzigzag(in.number());
          long size = in.number();
          time += unzigzag(in.number());
          results.add(new EntryResult.Placed(METHODS[code], inode, size, time));
        } else if (code >= OBJECT && code <= OBJECT_UNMARKED) {
          results.add(object(in, code));
        } else if (code == UNUSED) {
          results.add(EntryResult.Unused.INSTANCE);
        } else if (code >= FAILURE && code < FAILURE + REASONS.length) {
          results.add(new EntryResult.Failed(REASONS[code - FAILURE], ""));
        } else {
          throw new DamagedReceiptException("a receipt has an entry of no known kind: " + code);
        }
      }
    }
    return new ReceiptDetails(groups, results);
  }

  private static EntryResult object(Reader in, int code) {
    long size = in.number();
    String etag = in.text();
    String version = in.text();
    return EntryResult.Placed.ofObject(
        new MadeObject(
            etag, version.isEmpty() ? null : version, code != OBJECT_NOT_OURS, code == OBJECT),
        size);
  }

  private static int endOfGroup(List<PlanEntry> entries, int start) {
    int end = start + 1;
    while (end < entries.size() && entries.get(end).source() == entries.get(start).source()) {
      end++;
    }
    return end;
  }

  private static long placedBytes(
      List<PlanEntry> entries, List<EntryResult> results, int start, int end) {
    long bytes = 0;
    for (int i = start; i < end; i++) {
      bytes += results.get(i) instanceof EntryResult.Placed ? entries.get(i).size() : 0;
    }
    return bytes;
  }

  private static int code(EntryResult result) {
    return switch (result) {
      case EntryResult.Placed placed -> code(placed);
      case EntryResult.Failed failed -> FAILURE + REASON_CODES.indexOf(failed.reason());
      case EntryResult.Unused unused -> UNUSED;
    };
  }

  private static int code(EntryResult.Placed placed) {
    MadeObject object = placed.object();
    if (object == null) {
      return METHOD_CODES.indexOf(placed.method());
    }
    return object.isMarked() ? OBJECT : object.isOurs() ? OBJECT_UNMARKED : OBJECT_NOT_OURS;
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** Grows; a stream of the library locks itself for each byte. */
  private static final class Writer {
    private byte[] bytes;
    private int length;

    Writer(int capacity) {
      bytes = new byte[capacity];
    }

    void write(int value) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      bytes[length++] = (byte) value;
    }

    void number(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        write((int) (rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      write((int) rest);
    }

    void text(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      number(encoded.length);
      for (byte one : encoded) {
        write(one);
      }
    }

    byte[] toBytes() {
      return Arrays.copyOf(bytes, length);
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    int next() {
      if (at >= bytes.length) {
        throw new DamagedReceiptException(
            "a receipt is cut short after " + bytes.length + " bytes");
      }
      return bytes[at++] & 0xFF;
    }

    long number() {
      long value = 0;
      int shift = 0;
      int b;
      do {
        b = next();
        value |= (long) (b & 0x7F) << shift;
        shift += 7;
      } while ((b & 0x80) != 0 && shift < Long.SIZE);
      if ((b & 0x80) != 0) {
        throw new DamagedReceiptException("a receipt has a number of too many bytes");
      }
      return value;
    }

    String text() {
      int length = small();
      if (length > bytes.length - at) {
        throw new DamagedReceiptException(
            "a receipt is cut short after " + bytes.length + " bytes");
      }
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    int small() {
      long value = number();
      if (value < 0 || value > ENTRIES_MAX) {
        throw new DamagedReceiptException("a receipt has the impossible number " + value);
      }
      return (int) value;
    }
  }
}
