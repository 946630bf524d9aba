package io.admix.catalog;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 (RFC 9562, method 1 with a counter): each is greater than those made
 * before it in this process, so that rows are appended to their B-trees. 42 bits of counter start
 * at a random number in each millisecond, 32 bits are random for the process. Safe for many
 * threads.
 */
public final class Ids {
  private static final long COUNTER_BITS = 42;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final SplittableRandom RANDOM =
      new SplittableRandom(new SecureRandom().nextLong());
  private static final long NODE = RANDOM.nextLong() & 0xffff_ffffL;
  private static final Object LOCK = new Object();
  private static long lastMillis;
  private static long nextCounter;

  private Ids() {}

  /** A new id, in lower-case hexadecimal with hyphens. */
  public static String next() {
    return block(1).id(0);
  }

  /** Ids that follow one another, with none made by anybody else in this process between them. */
  static Block block(int size) {
    synchronized (LOCK) {
      long millis = Math.max(System.currentTimeMillis(), lastMillis);
      if (millis > lastMillis) {
        lastMillis = millis;
        nextCounter = RANDOM.nextLong() >>> (64 - COUNTER_BITS + 1);
      } else if (nextCounter + size >= 1L << COUNTER_BITS) {
        lastMillis++;
        nextCounter = 0;
      }
      Block block = new Block(lastMillis, nextCounter);
      nextCounter += size;
      return block;
    }
  }

  /**
   * A text that is smaller than every id made from that time before an id's own on; "" when it is
   * none of ours.
   */
  static String before(String id, Duration time) {
    try {
      UUID made = UUID.fromString(id);
      long millis = (made.getMostSignificantBits() >>> 16) - time.toMillis();
      return made.version() == 7 && millis > 0 ? new Block(millis, 0).id(0) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** A range of ids. */
  record Block(long millis, long firstCounter) {
    String id(int index) {
      long counter = firstCounter + index;
      long high = millis << 16 | 0x7000 | counter >>> 30;
      long low = 0x8000_0000_0000_0000L | (counter & 0x3fff_ffffL) << 32 | NODE;
      byte[] text = new byte[36];
      hex(text, 0, high >>> 32, 8);
      text[8] = '-';
      hex(text, 9, high >>> 16, 4);
      text[13] = '-';
      hex(text, 14, high, 4);
      text[18] = '-';
      hex(text, 19, low >>> 48, 4);
      text[23] = '-';
      hex(text, 24, low, 12);
      return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void hex(byte[] text, int at, long value, int digits) {
      long rest = value;
      for (int i = at + digits - 1; i >= at; i--) {
        text[i] = HEX[(int) (rest & 15)];
        rest >>>= 4;
      }
    }
  }
}
