package io.admix.files.object;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The checksum that Amazon's store gives every object by itself. Source: NVM Express, NVM Command
 * Set Specification, "64b CRC" (polynomial AD93D23594C93659, reflected).
 */
final class Crc64Nvme implements Digesting {
  private static final long POLYNOMIAL_REFLECTED = 0x9A6C9329AC4BC9B5L;
  private static final int SLICES = 8;
  private static final long[][] TABLES = tables();

  private long crc = -1;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    long c = crc;
    int at = offset;
    int end = offset + length;
    // Eight bytes at a time by eight tables: about a gigabyte a second instead of a third of one.
    for (; end - at >= SLICES; at += SLICES) {
      long mixed = c;
      c = 0;
      for (int i = 0; i < SLICES; i++) {
        int index = (int) (mixed ^ bytes[at + i]) & 0xff;
        c ^= TABLES[SLICES - 1 - i][index];
        mixed >>>= Byte.SIZE;
      }
    }
    for (; at < end; at++) {
      c = TABLES[0][(int) (c ^ bytes[at]) & 0xff] ^ (c >>> Byte.SIZE);
    }
    crc = c;
  }

  @Override
  public String value() {
    byte[] whole = ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    return Base64.getEncoder().encodeToString(whole);
  }

  private static long[][] tables() {
    long[][] tables = new long[SLICES][256];
    for (int n = 0; n < 256; n++) {
      long c = n;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        c = (c & 1) == 0 ? c >>> 1 : (c >>> 1) ^ POLYNOMIAL_REFLECTED;
      }
      tables[0][n] = c;
    }
    for (int n = 0; n < 256; n++) {
      for (int slice = 1; slice < SLICES; slice++) {
        long before = tables[slice - 1][n];
        tables[slice][n] = tables[0][(int) before & 0xff] ^ (before >>> Byte.SIZE);
      }
    }
    return tables;
  }
}
