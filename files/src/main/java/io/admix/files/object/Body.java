package io.admix.files.object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes to be sent, which can be read again from any place: a request may have to be made twice,
 * and large ones are sent in parts. Nothing of it is ever held in memory as a whole.
 */
public interface Body {
  /** Number of bytes. */
  long size();

  /** Opens it at a place; the caller closes. */
  InputStream open(long from) throws IOException;

  /** Few bytes that are in memory anyway. */
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open(long from) {
        int start = Math.toIntExact(from);
        return new ByteArrayInputStream(bytes, start, bytes.length - start);
      }
    };
  }
}
