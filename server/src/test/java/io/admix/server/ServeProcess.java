package io.admix.server;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code admix serve} as a process of its own. */
final class ServeProcess implements AutoCloseable {
  /** Jars of tests: the process gets what users get. */
  private static final Pattern TEST_ONLY =
      Pattern.compile(
          ".*(server/target/test-classes/?|-tests\\.jar|/(org/junit|org/assertj|com/tngtech|com/networknt|io/zonky|org/awaitility|net/bytebuddy)/.*)");

  private final Process process;
  private final Path out;
  private final Path err;

  private ServeProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ServeProcess start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // A job in the background of a shell without job control inherits SIGINT as ignored, and Java
    // would keep it so.
    command.addAll(List.of("env", "--default-signal=INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            "io.admix.cli.Main",
            "serve"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out-", ".txt");
    Path err = Files.createTempFile(folder, "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("ADMIX_"));
    builder.environment().put("ADMIX_HOME", folder.resolve("home").toString());
    builder.environment().put("SERVER_PORT", "1");
    return new ServeProcess(builder.start(), out, err);
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !TEST_ONLY.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits until it has said this, or ends. */
  ServeProcess until(Path stream, String text) {
    await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.readString(stream).contains(text) || !process.isAlive());
    if (!text(stream).contains(text)) {
      throw new AssertionError("it ended with " + process.exitValue() + ": " + text(err));
    }
    return this;
  }

  Path out() {
    return out;
  }

  Path err() {
    return err;
  }

  static String text(Path stream) {
    try {
      return Files.readString(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + text(err));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
