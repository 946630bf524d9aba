package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line as a process of its own, under strace where asked. Ended when closed. */
final class RealProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  /** Jars of tests: the process gets what users get. */
  private static final Pattern TEST_ONLY =
      Pattern.compile(
          ".*(/test-classes/?|-tests\\.jar|/(org/junit|org/assertj|org/opentest4j|org/apiguardian|com/tngtech|com/networknt|io/zonky|org/awaitility|org/hamcrest|net/bytebuddy)/.*)");

  private final Process process;
  private final Path out;
  private final Path err;

  private RealProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How a process is started. */
  static final class Start {
    private final Home home;
    private final Path folder;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> java = new ArrayList<>();
    private String classPath = mainClassPath();
    private Path told;

    private Start(Home home, Path folder) {
      told = folder.resolve("told.txt");
      this.home = home;
      this.folder = folder;
    }

    /** Something that starts it, such as strace with its options. */
    Start under(List<String> command) {
      prefix.addAll(command);
      return this;
    }

    /** Options of the JVM. */
    Start java(List<String> options) {
      java.addAll(options);
      return this;
    }

    Start classPath(String jars) {
      classPath = jars;
      return this;
    }

    Path folder() {
      return folder;
    }

    /** Where a process that is traced writes all that it says. */
    Path told() {
      return told;
    }

    Start telling(Path file) {
      told = file;
      return this;
    }

    List<String> command(String... arguments) {
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-XX:-UsePerfData",
              "-Xlog:disable",
              "--enable-native-access=ALL-UNNAMED"));
      command.addAll(java);
      command.addAll(List.of("-cp", classPath, "io.admix.cli.Main"));
      command.addAll(List.of(arguments));
      return command;
    }

    Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>(home.environment());
      environment.put("LC_ALL", "C.UTF-8");
      return environment;
    }

    /** Starts {@code admix} with these arguments. */
    RealProcess run(String... arguments) throws IOException {
      Path out = Files.createTempFile(folder, "out-", ".txt");
      Path err = Files.createTempFile(folder, "err-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command(arguments))
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("ADMIX_"));
      builder.environment().putAll(environment());
      return new RealProcess(builder.start(), out, err);
    }
  }

  /** In a working folder, which gets its output files too. */
  static Start in(Home home, Path folder) {
    return new Start(home, folder);
  }

  static String mainClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !TEST_ONLY.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  static boolean hasStrace() {
    return has("strace", "-V");
  }

  /** Whether a tool answers. */
  static boolean has(String... command) {
    try {
      Process tool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return tool.waitFor(10, TimeUnit.SECONDS) && tool.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The exit code; 128 and the signal's number where a signal ended it. */
  int waitFor() throws InterruptedException, IOException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("still running after %d s: %s", PATIENCE_SECONDS, err())
        .isTrue();
    return process.exitValue();
  }

  boolean waitFor(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal to the Java process, whatever started it. */
  void signal(String name) throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-" + name, Long.toString(javaPid())).start().waitFor();
    assertThat(sent).as("kill -" + name).isZero();
  }

  /** The Java process: a child where a prefix started it without replacing itself. */
  long javaPid() {
    return process
        .descendants()
        .filter(handle -> handle.info().command().map(c -> c.endsWith("/java")).orElse(false))
        .findFirst()
        .map(ProcessHandle::pid)
        .orElse(process.pid());
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
