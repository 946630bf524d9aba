package io.admix.files.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands between a client and a server of HTTP on loopback, keeps what was asked, and lets a test
 * answer, lose, cut or hold up chosen exchanges. Bodies are passed on as they come.
 */
public final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final int server;
  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  public Wire(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /**
   * One request.
   *
   * @param target path and query, as sent
   * @param headers names in lower case
   */
  public record Request(String method, String target, Map<String, String> headers) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    public boolean isCopy() {
      return method.equals("PUT") && headers.containsKey("x-amz-copy-source");
    }

    public boolean isPart() {
      return target.contains("partNumber=");
    }

    public boolean isComplete() {
      return method.equals("POST") && target.contains("uploadId=");
    }

    public boolean isBegin() {
      return method.equals("POST") && target.contains("?uploads");
    }

    public boolean isList() {
      return target.contains("list-type=2");
    }

    public long length() {
      return Long.parseLong(headers.getOrDefault("content-length", "0"));
    }
  }

  /** What a test does in place of passing an exchange on. */
  @FunctionalInterface
  public interface Act {
    void run(Exchange exchange) throws IOException;
  }

  /**
   * @param isAll whether the exchange is done with that, rather than going on to the next rule
   */
  private record Rule(Predicate<Request> which, AtomicInteger left, Act act, boolean isAll) {
    boolean takes(Request request) {
      return which.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /** Does something else with the next so many such requests. */
  public Wire with(Predicate<Request> which, int times, Act act) {
    rules.add(new Rule(which, new AtomicInteger(times), act, true));
    return this;
  }

  /** As {@link #with}, before all rules so far. */
  public Wire withFirst(Predicate<Request> which, int times, Act act) {
    rules.addFirst(new Rule(which, new AtomicInteger(times), act, true));
    return this;
  }

  /** Answers the next so many such requests with an error of the store. */
  public Wire failing(Predicate<Request> which, int times, int status, String code) {
    return with(which, times, exchange -> exchange.answerError(status, code));
  }

  /** Carries the next such request out and loses its answer. */
  public Wire losingAnswer(Predicate<Request> which, int times) {
    return with(which, times, Exchange::carryOutAndDrop);
  }

  /** Does something first, the next time that such a request comes. */
  public Wire before(Predicate<Request> which, Runnable what) {
    rules.addFirst(new Rule(which, new AtomicInteger(1), exchange -> what.run(), false));
    return this;
  }

  /** Passes everything on again. */
  public Wire heal() {
    rules.clear();
    return this;
  }

  public List<Request> seen(Predicate<Request> which) {
    return seen.stream().filter(which).toList();
  }

  public long count(Predicate<Request> which) {
    return seen(which).size();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    while (true) {
      Socket client;
      try {
        client = door.accept();
      } catch (IOException e) {
        return;
      }
      Thread.ofVirtual().start(() -> serve(client));
    }
  }

  private void serve(Socket client) {
    try (client) {
      // Else small pieces wait for the other side's delayed acknowledgements.
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      boolean goOn = true;
      while (goOn) {
        HttpHead head = HttpHead.read(in);
        if (head == null) {
          return;
        }
        goOn = exchange(head, in, out);
      }
    } catch (IOException e) {
      // The other side went away, or a test lets it: the client finds out by itself.
      return;
    }
  }

  private boolean exchange(HttpHead head, InputStream in, OutputStream out) throws IOException {
    String[] line = head.line().split(" ");
    Request request = new Request(line[0], line[1], head.headers());
    seen.add(request);
    Exchange exchange = new Exchange(server, head, request, in, out);
    for (Rule rule : rules) {
      if (rule.takes(request)) {
        rule.act.run(exchange);
        if (rule.isAll) {
          return exchange.goesOn();
        }
      }
    }
    exchange.pass();
    return exchange.goesOn();
  }
}
