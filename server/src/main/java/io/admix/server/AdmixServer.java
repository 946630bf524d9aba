package io.admix.server;

import io.admix.engine.Admix;
import io.admix.engine.RunningService;
import io.admix.server.security.SignIn;
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
    URI known = admix.settings().server().publicUrl();
    return Optional.ofNullable(context.getBeanProvider(SignIn.class).getIfAvailable())
        .map(signIn -> signIn.url(known == null ? reachable() : known));
  }

  /** All addresses of a machine are none for a browser. */
  private URI reachable() {
    boolean isAny = address.getHost().equals("0.0.0.0") || address.getHost().equals("[::]");
    return isAny ? URI.create("http://localhost:" + address.getPort()) : address;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      // At once, so that both have the whole grace: event streams end with the tasks.
      Thread tasks = Thread.ofPlatform().name("tasks-stop").start(() -> admix.background().close());
      try {
        context.close();
        tasks.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        admix.close();
      }
    }
  }
}
