package io.admix.core.select;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * SipHash-2-4, the keyed 64-bit hash of Aumasson and Bernstein ("SipHash: a fast short-input PRF",
 * INDOCRYPT 2012).
 *
 * <p>As a pseudorandom function its values cannot be told from independent uniform ones by who does
 * not know the key; that is what selection by lowest rank rests on.
 */
public final class SipHash24 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SipHash24() {}

  /**
   * Hashes {@code length} bytes from {@code offset}. Allocates nothing.
   *
   * @param k0 the first eight key bytes, little-endian
   * @param k1 the last eight key bytes, little-endian
   * @throws IndexOutOfBoundsException when the range is not within the array
   */
  public static long hash(long k0, long k1, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    // The rounds are written out: a helper would need an object for the four words of state.
    int tail = length & ~7;
    for (int at = 0; at <= tail; at += 8) {
      long m =
          at < tail ? (long) LONGS.get(data, offset + at) : lastWord(data, offset + tail, length);
      v3 ^= m;
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= m;
    }
    v2 ^= 0xff;
    for (int round = 0; round < 4; round++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** The remaining 0 to 7 bytes, little-endian, below the length modulo 256 in the top byte. */
  private static long lastWord(byte[] data, int from, int length) {
    long word = (long) length << 56;
    for (int i = (length & 7) - 1; i >= 0; i--) {
      word |= (data[from + i] & 0xffL) << (i << 3);
    }
    return word;
  }
}
