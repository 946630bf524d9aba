package io.admix.files.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The first line and the headers of a message of HTTP/1.1.
 *
 * @param text as it came, with the empty line
 * @param headers names in lower case
 */
record HttpHead(String text, String line, Map<String, String> headers) {

  /** The next one, or null at the end of the stream. */
  static HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      bytes.write(b);
      last = last << 8 | b;
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new HttpHead(text, lines[0], headers);
  }

  /** The same without a header. */
  String without(String name) {
    return text.replaceAll("(?im)^" + name + ":.*\r\n", "");
  }

  int status() {
    return Integer.parseInt(line.split(" ")[1]);
  }

  /** Passes the body of an answer on, as far as {@code most} bytes. */
  void passBody(InputStream in, OutputStream out, long most) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      passChunks(in, out);
    } else {
      String length = headers.getOrDefault("content-length", "0");
      pass(in, out, Math.min(most, Long.parseLong(length)));
    }
  }

  private static void passChunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String line = line(in);
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      size = Long.parseLong(line.strip(), 16);
      pass(in, out, size);
      line(in);
      out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    } while (size > 0);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  static void pass(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[65_536];
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the body ended early");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }
}
