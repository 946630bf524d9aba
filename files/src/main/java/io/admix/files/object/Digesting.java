package io.admix.files.object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Computes a checksum of bytes as they pass. */
interface Digesting {
  void update(byte[] bytes, int offset, int length);

  /** In the spelling of {@link Checksum#value}. */
  String value();

  static Digesting of(Checksum.Algorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> message("SHA-256", false);
      case SHA1 -> message("SHA-1", false);
      case MD5 -> message("MD5", true);
      case CRC32 -> sum(new CRC32());
      case CRC32C -> sum(new CRC32C());
      case CRC64NVME -> new Crc64Nvme();
    };
  }

  private static Digesting message(String name, boolean isHex) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
    return new Digesting() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public String value() {
        byte[] whole = digest.digest();
        return isHex ? HexFormat.of().formatHex(whole) : Base64.getEncoder().encodeToString(whole);
      }
    };
  }

  private static Digesting sum(java.util.zip.Checksum sum) {
    return new Digesting() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        sum.update(bytes, offset, length);
      }

      @Override
      public String value() {
        return Base64.getEncoder()
            .encodeToString(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
      }
    };
  }
}
