package io.admix.catalog;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and PostgreSQL and counts what the server says that it did: one word for
 * each statement (COPY, INSERT, UPDATE, COMMIT), and {@link #ROUND_TRIP} for each time that it was
 * ready for the next question. What the server says cannot be miscounted by the client.
 */
final class PostgresAnswers implements AutoCloseable {
  static final String ROUND_TRIP = "round trip";
  private static final char COMMAND_COMPLETE = 'C';
  private static final char READY = 'Z';

  private final ServerSocket listener;
  private final int server;
  private final Map<String, Integer> said = new ConcurrentHashMap<>();

  PostgresAnswers(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** In front of the server of these settings. */
  static PostgresAnswers before(CatalogSettings settings) throws IOException {
    return new PostgresAnswers(Integer.parseInt(settings.url().replaceAll(".*:(\\d+)/.*", "$1")));
  }

  /** The same database through this; in clear, so that answers can be read. */
  CatalogSettings through(CatalogSettings settings) {
    String url =
        settings.url().replaceAll("://[^/]*/", "://127.0.0.1:" + listener.getLocalPort() + "/")
            + (settings.url().contains("?") ? "&" : "?")
            + "sslmode=disable&gssEncMode=disable";
    return new CatalogSettings(
        url, settings.user(), settings.password(), settings.zone(), settings.clock());
  }

  /** What was said since the last call of this. */
  Map<String, Integer> said() {
    Map<String, Integer> now = new TreeMap<>(said);
    said.clear();
    return now;
  }

  private static void start(Work work) {
    Thread.ofPlatform()
        .daemon(true)
        .name("answers")
        .start(() -> {
          try {
            work.run();
          } catch (IOException over) {
            // One side is gone.
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket real = new Socket(InetAddress.getLoopbackAddress(), server);
      start(() -> {
        try (client;
            real) {
          client.getInputStream().transferTo(real.getOutputStream());
        }
      });
      start(() -> {
        try (client;
            real) {
          count(real, client);
        }
      });
    }
  }

  /** A type, a length that counts itself, and so many bytes. */
  private void count(Socket from, Socket to) throws IOException {
    DataInputStream in = new DataInputStream(from.getInputStream());
    OutputStream out = new BufferedOutputStream(to.getOutputStream(), 1 << 16);
    for (int type = in.read(); type >= 0; type = in.read()) {
      int length = in.readInt();
      byte[] body = in.readNBytes(length - 4);
      if (type == COMMAND_COMPLETE) {
        String words = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
        said.merge(words.split(" ")[0], 1, Integer::sum);
      } else if (type == READY) {
        said.merge(ROUND_TRIP, 1, Integer::sum);
      }
      out.write(type);
      out.write(java.nio.ByteBuffer.allocate(4).putInt(length).array());
      out.write(body);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
