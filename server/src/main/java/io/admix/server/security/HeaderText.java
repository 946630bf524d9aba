package io.admix.server.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a header. The container reads each byte as a character of Latin-1; senders of names
 * beyond that write UTF-8.
 */
final class HeaderText {
  private HeaderText() {}

  /** As UTF-8 where it is that, else as it was read. */
  static String of(String read) {
    if (read.chars().allMatch(c -> c < 0x80) || read.chars().anyMatch(c -> c > 0xff)) {
      return read;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException other) {
      return read;
    }
  }
}
