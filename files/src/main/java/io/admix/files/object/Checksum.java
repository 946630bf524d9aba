package io.admix.files.object;

import java.util.Locale;

/**
 * A digest of all bytes of an object, as the store keeps it.
 *
 * @param value in the store's own spelling: Base64, for MD5 hexadecimal
 */
public record Checksum(Algorithm algorithm, String value) {

  /** Those that a store may keep. */
  public enum Algorithm {
    SHA256,
    SHA1,
    CRC64NVME,
    CRC32C,
    CRC32,
    /** The entity tag of an object that was written at once and is not encrypted by KMS. */
    MD5;

    /** For reports: {@code sha256}, {@code crc32c}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
