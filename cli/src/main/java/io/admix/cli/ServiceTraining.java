package io.admix.cli;

import io.admix.engine.RunningService;
import io.admix.engine.ServiceProvider;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Starts the service over an empty home on a free loopback port, asks what browsers and programs
 * ask first, and stops it: run once to record the start-up cache of {@code admix serve} (JEP 483,
 * JEP 515).
 */
final class ServiceTraining {
  private static final int FILES = 200;

  private ServiceTraining() {}

  /**
   * @param arguments an empty folder, which the caller removes
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path files = Files.createDirectories(folder.resolve("files"));
    for (int file = 0; file < FILES; file++) {
      Files.writeString(files.resolve("file-" + file + ".txt"), "");
    }
    ServiceProvider provider = ServiceLoader.load(ServiceProvider.class).findFirst().orElseThrow();
    try (RunningService service = provider.start(settings(folder))) {
      ask(service, files);
    }
    touchPostgres();
    // As the service ends: what exit itself needs belongs to the cache.
    System.exit(ExitCode.DONE);
  }

  private static Settings settings(Path folder) throws Exception {
    List<String> set =
        List.of(
            "admix.server.port=0",
            "admix.allowed-roots=" + folder,
            "admix.data-root=" + folder.resolve("data"));
    String home = folder.resolve("home").toString();
    return SettingsLoader.load(new SettingsInput(home, null, set, Map.of(), folder));
  }

  private static void ask(RunningService service, Path files) throws Exception {
    URI signIn = service.signIn().orElseThrow();
    String token = signIn.getQuery().replaceFirst(".*token=", "").replaceFirst("&.*", "");
    Requests requests = new Requests(service.address(), token);
    requests.get("/health/ready");
    requests.post("/api/v1/datasets", "{\"name\": \"files\", \"path\": \"" + files + "\"}");
    for (int tries = 0;
        tries < 100 && !requests.get("/api/v1/datasets/files").contains(" 200");
        tries++) {
      Thread.sleep(20);
    }
    String mix = "{\"name\": \"mix\", \"sources\": [{\"dataset\": \"files\", \"count\": 100}]}";
    requests.post("/api/v1/plans", mix);
    requests.post("/api/v1/tasks", mix);
    for (String page : List.of("/", "/datasets", "/compose", "/tasks", "/system")) {
      requests.get(page);
    }
    requests.get("/api/v1/tasks");
    requests.get("/metrics");
  }

  /** Its driver is loaded by a connection that is refused; nothing listens on port 1. */
  private static void touchPostgres() {
    try {
      java.sql.DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/none").close();
    } catch (java.sql.SQLException e) {
      // As meant.
    }
  }

  /** By a bare socket: an HTTP client's classes have no place in a server's cache. */
  private record Requests(URI service, String token) {
    String get(String path) throws IOException {
      return send("GET", path, "");
    }

    String post(String path, String json) throws IOException {
      return send("POST", path, json);
    }

    private String send(String method, String path, String body) throws IOException {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + service.getAuthority()
              + "\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      try (Socket socket = new Socket(service.getHost(), service.getPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        byte[] answer = socket.getInputStream().readAllBytes();
        String status = new String(answer, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        System.out.println(method + " " + path + ": " + status);
        return status;
      }
    }
  }
}
