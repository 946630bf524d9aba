package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, a real signal. */
class InterruptionTest {
  private static final int FILES = 12_000;
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalLeavesAResumableTaskAndTheSameCommandGoesOn(String signal, int code)
      throws Exception {
    manyCopies();
    Process process = start();
    waitForStaging(process);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String err = Files.readString(folder.resolve("err.txt"));
    assertThat(process.exitValue()).as(err).isEqualTo(code);
    assertThat(err).contains("Go on: ", "admix task resume ", "admix task cancel ");
    assertThat(folder.resolve("mix")).doesNotExist();
    assertThat(CommandRun.of(folder, "task", "list").out()).contains("resumable");

    CommandRun again = CommandRun.of(folder, "run", "r.yaml");
    assertThat(again.code()).as(again.err()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("mix"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(FILES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "delete"})
  void aSecondProcessEndsARun(String command) throws Exception {
    manyCopies();
    Process process = start();
    waitForStaging(process);
    // This process is the second one: it is up already, long before the copies are made.
    CommandRun second = CommandRun.of(folder, "task", command, "mix");
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String err = Files.readString(folder.resolve("err.txt"));
    assertThat(process.exitValue()).as(err).isEqualTo(ExitCode.FAILED);
    assertThat(err).containsPattern("Task \\S+: Cancelled; what the plan made was removed");
    assertThat(folder.resolve("mix")).doesNotExist();
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.map(n -> n.getFileName().toString()))
          .noneMatch(n -> n.startsWith(".admix-"));
    }
    String tasks = CommandRun.of(folder, "task", "list", "--json").out();
    assertThat(tasks.contains("\"CANCELLED\"")).as(tasks).isEqualTo(command.equals("cancel"));
    assertThat(tasks).doesNotContain("RUNNING", "PENDING", "FAILED");
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(FILES);
    }
  }

  private void manyCopies() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 40 + "/f" + i + ".txt");
      if (i < 40) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "x");
    }
    Sources.watch(folder.resolve("a"));
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: mix\nseed: 1\ntotal: "
            + FILES
            + "\ntarget: ./mix\nlink: [copy]\nsources:\n  - path: ./a\n    weight: 1\n");
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    // A job in the background of a shell without job control inherits SIGINT as ignored, and Java
    // keeps it so.
    command.addAll(List.of("env", "--default-signal=INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
    command.add("io.admix.cli.Main");
    command.addAll(List.of("run", "r.yaml", "-c", "admix.copy.max-concurrency=8"));
    command.addAll(List.of("--home", folder.resolve("home").toString()));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private void waitForStaging(Process process) throws Exception {
    for (int i = 0; i < 3_000; i++) {
      try (Stream<Path> names = Files.list(folder)) {
        if (names.anyMatch(n -> n.getFileName().toString().startsWith(".admix-"))) {
          return;
        }
      }
      assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
          .as(
              "ended before it was stopped: "
                  + new String(
                      Files.readAllBytes(folder.resolve("err.txt")), StandardCharsets.UTF_8))
          .isFalse();
    }
    throw new AssertionError("no staging folder after half a minute");
  }
}
