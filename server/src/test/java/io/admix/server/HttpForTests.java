package io.admix.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A small client of one server, which sends the same headers with every request. */
public final class HttpForTests {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private final URI base;
  private final List<String> headers;

  HttpForTests(URI base, List<String> headers) {
    this.base = base;
    this.headers = List.copyOf(headers);
  }

  /** The same client with one more header. */
  public HttpForTests with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new HttpForTests(base, more);
  }

  public URI base() {
    return base;
  }

  public HttpAnswer get(String path) {
    return send("GET", path, null, null);
  }

  public HttpAnswer delete(String path) {
    return send("DELETE", path, null, null);
  }

  /** Posts JSON. */
  public HttpAnswer post(String path, String json) {
    return send("POST", path, json, "application/json");
  }

  /** Any request; body and type may be null. */
  public HttpAnswer send(String method, String path, String body, String type) {
    return HttpAnswer.of(
        sent(request(method, path, body, type), HttpResponse.BodyHandlers.ofString()));
  }

  /** The body as it comes: for large answers and event streams; close it. */
  public InputStream stream(String path) {
    return sent(request("GET", path, null, null), HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private HttpRequest request(String method, String path, String body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request.build();
  }

  private static <T> HttpResponse<T> sent(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
