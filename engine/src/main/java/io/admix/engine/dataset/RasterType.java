package io.admix.engine.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Tells raster images that every browser shows by their first bytes: a name says nothing, and what
 * can hold scripts (SVG) is text.
 */
final class RasterType {
  private static final int BMP_HEADER = 18;

  /** Sizes of the second header of a BMP, by which it differs from a text that begins with BM. */
  private static final Set<Integer> BMP_SIZES = Set.of(12, 40, 52, 56, 64, 108, 124);

  private RasterType() {}

  static Optional<String> of(byte[] head) {
    if (begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of("image/png");
    }
    if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of("image/jpeg");
    }
    if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
      return Optional.of("image/gif");
    }
    if (begins(head, 0, "RIFF") && begins(head, 8, "WEBPVP8")) {
      return Optional.of("image/webp");
    }
    return isBmp(head) ? Optional.of("image/bmp") : Optional.empty();
  }

  private static boolean isBmp(byte[] head) {
    return begins(head, 0, "BM")
        && begins(head, 6, "\0\0\0\0")
        && head.length >= BMP_HEADER
        && begins(head, 15, "\0\0\0")
        && BMP_SIZES.contains((int) head[14]);
  }

  private static boolean begins(byte[] head, int at, String bytes) {
    byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
    if (head.length < at + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (head[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
