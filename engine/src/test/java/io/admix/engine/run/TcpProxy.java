package io.admix.engine.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and PostgreSQL, and can cut, refuse, or keep the server's answers. */
final class TcpProxy implements AutoCloseable {
  /** The server's word that a transaction holds. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final int server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicBoolean loseCommit = new AtomicBoolean();
  final AtomicInteger lost = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  private volatile boolean refusing;
  private volatile boolean silent;

  TcpProxy(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon(true).name("proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection now; new ones are taken. */
  void cut() {
    open.forEach(TcpProxy::close);
    open.clear();
  }

  /** New connections are ended at once, the present ones too. */
  void refuse(boolean now) {
    refusing = now;
    if (now) {
      cut();
    }
  }

  /** The connections stay, but no answer comes any more. */
  void swallow(boolean now) {
    silent = now;
  }

  /** The next COMMIT is done, and the connection is cut instead of saying so. */
  void loseNextCommit() {
    loseCommit.set(true);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          refused.incrementAndGet();
          close(client);
          continue;
        }
        Socket toServer = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(toServer);
        pump(client, toServer, false);
        pump(toServer, client, true);
      } catch (IOException over) {
        // The server is away, or the proxy ends.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    Thread.ofPlatform()
        .daemon(true)
        .name("proxy-pump")
        .start(() -> {
          byte[] buffer = new byte[1 << 16];
          try (InputStream in = from.getInputStream();
              OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
              if (answers && holdsCommit(buffer, read) && loseCommit.compareAndSet(true, false)) {
                lost.incrementAndGet();
                return;
              }
              if (!answers || !silent) {
                out.write(buffer, 0, read);
              }
            }
          } catch (IOException over) {
            // One side is gone: so is the other.
          } finally {
            close(from);
            close(to);
          }
        });
  }

  private static boolean holdsCommit(byte[] bytes, int length) {
    for (int i = 0; i + COMMITTED.length <= length; i++) {
      int k = 0;
      while (k < COMMITTED.length && bytes[i + k] == COMMITTED[k]) {
        k++;
      }
      if (k == COMMITTED.length) {
        return true;
      }
    }
    return false;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
