package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Sources;
import io.admix.files.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls of the real process, counted by strace over all its threads: so many for each placed
 * file, and what remains does not grow with the files. One more call for each file fails here.
 */
class SystemCallsTest {
  private static final int FILES = 2_000;
  private static final int FOLDERS = 20;

  /**
   * What Java's start, SQLite, plan, folders and publish need of any one call, whatever the number
   * of files. Mostly some hundreds: one more call for each file is seen.
   */
  private static final int REST = 1_200;

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void makeFiles() throws IOException {
    Tools.require("strace");
    source = folder.resolve("a");
    for (int i = 0; i < FILES; i++) {
      Path file = source.resolve("d%02d/f%04d.txt".formatted(i % FOLDERS, i));
      if (i < FOLDERS) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "file " + i);
    }
    Sources.watch(source);
  }

  @Test
  void aHardLinkIsOneLinkat_andOneLook_afterOneLookByThePlan() throws Exception {
    Map<String, Integer> calls = callsOf(LinkMethod.HARDLINK);
    assertThat(calls.get("linkat")).isBetween(FILES, FILES + 20);
    assertPerFile(calls, Map.of("linkat", 1, "statx", 2));
  }

  @Test
  void aSmallCopyIsElevenCalls_afterOneLookByThePlan() throws Exception {
    assertPerFile(
        callsOf(LinkMethod.COPY),
        Map.of(
            "openat", 2,
            "copy_file_range", 1,
            "fchmod", 1,
            "utimensat", 1,
            "linkat", 1,
            "close", 2,
            "statx", 4));
  }

  private static void assertPerFile(Map<String, Integer> calls, Map<String, Integer> perFile) {
    calls.forEach((name, count) ->
        assertThat(count)
            .as("%s of %s", name, calls)
            .isLessThan(perFile.getOrDefault(name, 0) * FILES + REST));
  }

  private Map<String, Integer> callsOf(LinkMethod method) throws Exception {
    Path counts = folder.resolve("calls-" + method);
    Mix mix = Mix.of("mix", folder, folder.resolve("out/mix"), method, source);
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-c",
            "--seccomp-bpf",
            "-e",
            "trace=%file,%desc",
            "-o",
            counts.toString());
    try (RealProcess process =
        FastJava.in(Home.sqlite(folder.resolve("home")), folder)
            .under(strace)
            .run("run", mix.recipe().toString())) {
      assertThat(process.waitFor()).as(process.err()).isZero();
    }
    return parsed(Files.readAllLines(counts));
  }

  /** Lines of {@code strace -c}: share, seconds, microseconds per call, calls, errors, name. */
  private static Map<String, Integer> parsed(List<String> lines) {
    Map<String, Integer> calls = new HashMap<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 5 && words[0].matches("\\d+\\.\\d+") && !line.endsWith("total")) {
        calls.put(words[words.length - 1], Integer.parseInt(words[3]));
      }
    }
    return calls;
  }
}
