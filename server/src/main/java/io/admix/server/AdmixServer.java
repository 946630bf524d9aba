package io.admix.server;

import io.admix.engine.Admix;
import io.admix.engine.RunningService;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** One service that runs: the engine and the web server over it. */
final class AdmixServer implements RunningService {
  private final Admix admix;
  private final ServletWebServerApplicationContext context;
  private final URI address;
  private final AtomicBoolean closed = new AtomicBoolean();

  AdmixServer(Admix admix, ServletWebServerApplicationContext context) {
    this.admix = admix;
    this.context = context;
    this.address = addressOf(admix.settings().server().address(), context);
  }

  private static URI addressOf(String host, ServletWebServerApplicationContext context) {
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create(
        "http://" + literal + ":" + Objects.requireNonNull(context.getWebServer()).getPort());
  }

  ServletWebServerApplicationContext context() {
    return context;
  }

  Admix admix() {
    return admix;
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Optional<URI> signIn() {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        context.close();
      } finally {
        admix.close();
      }
    }
  }
}
