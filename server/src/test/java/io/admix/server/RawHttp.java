package io.admix.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are: what no client library would send. */
public final class RawHttp {
  private RawHttp() {}

  /** What the server answers until it closes, or has been silent for five seconds. */
  public static String send(URI base, String request) {
    return sent(base, request, InputStream::readAllBytes);
  }

  /** The beginning of what the server answers, whether or not it closes then. */
  public static String firstLine(URI base, String request) {
    return sent(base, request, answer -> answer.readNBytes("HTTP/1.1 200".length()));
  }

  private interface Reading {
    byte[] of(InputStream answer) throws IOException;
  }

  private static String sent(URI base, String request, Reading reading) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 5_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(reading.of(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a request that ends the connection. */
  public static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
  }
}
