package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says, and answers, when its database fails. */
class DatabaseFailureTest {
  private static final int FILES = 400;
  @TempDir Path folder;

  @BeforeEach
  void makeSource() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 8 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "file " + i);
    }
    Sources.watch(folder.resolve("a"));
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: mix\nseed: 1\ntarget: ./mix\nsources:\n  - {path: ./a, count: %d}\n"
            .formatted(FILES));
  }

  @Test
  void aLockedCatalogue_isTold_andTheSameCommandWorksLater() throws Exception {
    Path file = folder.resolve("home/catalog.db");
    assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
    String url = "jdbc:sqlite:" + file + "?busy_timeout=200";
    try (Connection holder = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      holder.createStatement().execute("BEGIN IMMEDIATE");
      CommandRun run = CommandRun.of(folder, "run", "r.yaml", "--db", url);
      assertFailed(run, "write lock", "run again");
    }
    assertThat(folder.resolve("mix")).doesNotExist();
    assertPublished();
  }

  @Test
  void aDamagedCatalogue_isTold() throws Exception {
    assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
    Path file = folder.resolve("home/catalog.db");
    Files.writeString(file, "no database ".repeat(2_000));
    assertFailed(CommandRun.of(folder, "run", "r.yaml"), "damaged", "backup");
    assertThat(file).hasContent("no database ".repeat(2_000));
    assertThat(folder.resolve("mix")).doesNotExist();
  }

  @Test
  void aServerThatIsNotThere_isTold() {
    assertFailed(
        CommandRun.of(
            folder, "run", "r.yaml", "--db", "jdbc:postgresql://127.0.0.1:1/x?connectTimeout=1"),
        "cannot be reached");
  }

  @Test
  void aHomeThatCanOnlyBeRead_isTold() throws Exception {
    Path home = mountedHome("4m");
    try {
      assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
      call("mount", "-o", "remount,ro", home.toString());
      CommandRun run = CommandRun.of(folder, "run", "r.yaml");
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).contains("cannot be written", "--home").doesNotContain("\tat ");
      call("mount", "-o", "remount,rw", home.toString());
      assertPublished();
    } finally {
      call("umount", "-l", home.toString());
    }
  }

  /**
   * The home's disk is full after so many bytes: where the room ends goes through planning, the
   * rows and publishing.
   */
  @Test
  void aHomeThatRunsFull_atEveryStep_leavesATaskThatGoesOn() throws Exception {
    int failed = 0;
    boolean published = false;
    Path home = mountedHome("40m");
    try {
      assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
      Path filler = home.resolve("filler");
      for (int room = 8; room <= 4_096 && !published; room += room) {
        Files.deleteIfExists(filler);
        long free = Files.getFileStore(home).getUsableSpace() - room * 1_024L;
        Files.write(filler, new byte[(int) Math.max(0, free)]);
        CommandRun run = CommandRun.of(folder, "run", "r.yaml", "-c", "admix.copy.batch-size=1");
        published = run.code() == 0;
        if (!published) {
          failed++;
          assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
          assertThat(run.err())
              .as("room %d KiB", room)
              .containsAnyOf("No space left", "full")
              .doesNotContain("\tat ");
          assertThat(folder.resolve("mix"))
              .as("room %d KiB", room)
              .satisfiesAnyOf(
                  mix -> assertThat(mix).doesNotExist(),
                  mix -> assertThat(count(mix)).isEqualTo(FILES));
        }
      }
      assertThat(failed).isGreaterThan(2);
      Files.deleteIfExists(filler);
      assertPublished();
    } finally {
      call("umount", "-l", home.toString());
    }
  }

  private static void assertFailed(CommandRun run, String... words) {
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
  }

  private void assertPublished() throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(count(folder.resolve("mix"))).isEqualTo(FILES);
    assertThat(CommandRun.of(folder, "verify", "mix").code()).isZero();
    assertThat(CommandRun.of(folder, "dataset", "list", "--json").out())
        .contains("\"files\":" + FILES);
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".admix-"));
    }
  }

  private static long count(Path top) throws IOException {
    try (Stream<Path> walk = Files.walk(top)) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  private Path mountedHome(String size) throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    assumeTrue(
        Files.isWritable(Path.of("/proc/sys/kernel/hostname"))
            && call("mount", "-t", "tmpfs", "-o", "size=" + size, "none", home.toString()) == 0,
        "only root may mount file systems");
    return home;
  }

  private static int call(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
    return process.exitValue();
  }
}
