package io.admix.server;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PostgresForTests;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/**
 * A real server in this JVM on a port of its own. The two shared ones are behind a "proxy" on this
 * machine, so that {@link #as} is any owner; {@link #http} sends no name and is the system. They
 * are shared by every test of the module: look only at what your test made.
 */
public final class ServerForTests implements AutoCloseable {
  private static final List<String> SHARED =
      List.of(
          "admix.security.mode=proxy",
          "admix.security.proxy.addresses=127.0.0.1",
          "admix.security.proxy.without-header=everyone");

  /** The shared servers that were needed. */
  private static final Queue<ServerForTests> STARTED = new ConcurrentLinkedQueue<>();

  private final Path folder;
  private final AdmixServer server;
  private final boolean isShared;

  private ServerForTests(Path folder, AdmixServer server, boolean isShared) {
    this.folder = folder;
    this.server = server;
    this.isShared = isShared;
  }

  private static final class Sqlite {
    static final ServerForTests SERVER = shared(Map.of());
  }

  private static final class Postgres {
    static final ServerForTests SERVER = shared(postgresDatabase());
  }

  /** The shared server on SQLite. */
  public static ServerForTests sqlite() {
    return Sqlite.SERVER;
  }

  /** The shared server on PostgreSQL. */
  public static ServerForTests postgres() {
    return Postgres.SERVER;
  }

  /**
   * Both, for parameterized tests: {@code @MethodSource("io.admix.server.ServerForTests#both")}.
   */
  static Stream<ServerForTests> both() {
    return Stream.of(sqlite(), postgres());
  }

  /** One of your own on SQLite, with settings {@code key=value}; close it. */
  public static ServerForTests start(String... settings) throws RefusedException {
    return start(Map.of(), settings);
  }

  /** One of your own with an environment (database, secrets) and settings; close it. */
  public static ServerForTests start(Map<String, String> environment, String... settings)
      throws RefusedException {
    try {
      Path folder = Files.createTempDirectory("admix-server-").toRealPath();
      Files.createDirectories(folder.resolve("sources"));
      List<String> overrides = new ArrayList<>();
      overrides.add("admix.server.port=0");
      overrides.add("admix.allowed-roots=" + folder.resolve("sources"));
      overrides.addAll(List.of(settings));
      SettingsInput input =
          new SettingsInput(
              folder.resolve("home").toString(), null, overrides, environment, folder);
      return new ServerForTests(
          folder, (AdmixServer) new AdmixService().start(SettingsLoader.load(input)), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment that names a new, empty PostgreSQL database. */
  public static Map<String, String> postgresDatabase() {
    CatalogSettings database = PostgresForTests.settings(Clock.systemUTC());
    return Map.of(
        "ADMIX_DB", database.url(),
        "ADMIX_DB_USER", database.user(),
        "ADMIX_DB_PASSWORD", database.password());
  }

  private static ServerForTests shared(Map<String, String> environment) {
    try {
      ServerForTests server = start(environment, SHARED.toArray(String[]::new));
      STARTED.add(server);
      return new ServerForTests(server.folder, server.server, true);
    } catch (RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client without a name: of the shared servers, the system. */
  public HttpForTests http() {
    return new HttpForTests(server.address(), List.of());
  }

  /** A client in that owner's name; of the shared servers. */
  public HttpForTests as(String owner) {
    return http().with("User", owner);
  }

  public URI base() {
    return server.address();
  }

  /** The engine that the server runs on: to see what HTTP does not show. */
  public Admix admix() {
    return server.admix();
  }

  public Path home() {
    return admix().settings().home();
  }

  public Path dataRoot() {
    return admix().settings().server().dataRoot();
  }

  /** An allowed root, on the file system of the data root; make folders of your own in it. */
  public Path sources() {
    return folder.resolve("sources");
  }

  /** Spring's view of it. */
  public ApplicationContext context() {
    return server.context();
  }

  /** Of a shared one nothing: JUnit closes the arguments of parameterized tests. */
  @Override
  public void close() {
    if (!isShared) {
      end();
    }
  }

  static void endShared() {
    for (ServerForTests server = STARTED.poll(); server != null; server = STARTED.poll()) {
      server.end();
    }
  }

  private void end() {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return admix().settings().databaseUrl().startsWith("jdbc:sqlite:") ? "SQLite" : "PostgreSQL";
  }
}
