package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A real process, a real signal. */
class InterruptionTest {
  private static final int FILES = 12_000;
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalLeavesAResumableTaskAndTheSameCommandGoesOn(String signal, int code)
      throws Exception {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 40 + "/f" + i + ".txt");
      if (i < 40) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "x");
    }
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: mix\nseed: 1\ntotal: "
            + FILES
            + "\ntarget: ./mix\nlink: [copy]\nsources:\n  - path: ./a\n    weight: 1\n");
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

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    // A job in the background of a shell without job control inherits SIGINT as ignored, and Java
    // keeps it so.
    command.addAll(List.of("env", "--default-signal=INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "io.admix.cli.Main",
            "run",
            "r.yaml",
            "--home",
            folder.resolve("home").toString(),
            "-c",
            "admix.copy.max-concurrency=8"));
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
