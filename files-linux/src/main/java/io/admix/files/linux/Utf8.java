package io.admix.files.linux;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8: what does not survive the way there and back is no name for us. */
final class Utf8 {
  private Utf8() {}

  /** The bytes, or null when {@code text} holds a NUL or half a surrogate pair. */
  static byte @Nullable [] encode(String text) {
    if (text.indexOf('\0') >= 0) {
      return null;
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The text of the first {@code length} bytes, or null when they are no UTF-8. */
  static @Nullable String decode(byte[] bytes, int length) {
    int ored = 0;
    for (int i = 0; i < length; i++) {
      ored |= bytes[i];
    }
    if (ored >= 0) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
