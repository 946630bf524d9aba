package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real server in a process of its own, which can be stopped, woken and killed. */
final class ServerProcess implements AutoCloseable {
  static final String READY = "ready at ";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Begins to start one; {@link #awaitReady} waits for it. */
  static ServerProcess start(
      Path home, Path log, Map<String, String> environment, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServeInProcess.class.getName(),
                home.toString(),
                "admix.server.port=0"));
    command.addAll(List.of(settings));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("ADMIX_"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log);
  }

  ServerProcess awaitReady() throws IOException {
    awaitLog(READY);
    return this;
  }

  /** Waits until it has said so. */
  void awaitLog(String text) throws IOException {
    await().atMost(PATIENCE).until(() -> log().contains(text) || !process.isAlive());
    assertThat(log()).contains(text);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal: STOP, CONT, TERM. */
  void signal(String name) throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    assertThat(sent).as("kill -" + name).isZero();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
