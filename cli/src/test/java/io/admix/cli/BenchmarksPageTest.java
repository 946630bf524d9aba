package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables and plots of docs/benchmarks.md are what the latest of the kept results give: no figure by
 * hand, no table that was forgotten, no plot of what is no longer measured.
 */
class BenchmarksPageTest {
  private static final String RESULTS = "bench/results/2026-01-01.jsonl";
  private static final String PAGE = "docs/benchmarks.md";

  @TempDir Path copy;

  @Test
  void tablesAndPlots_areWhatTheResultsGive() throws Exception {
    Said check = plot(Repository.root(), "--check");

    assertThat(check.code()).as(check.words()).isZero();
  }

  @Test
  void copiedPage_holdsOnceItIsMade() throws Exception {
    copyWithResults();

    assertThat(plot(copy, "--check").words()).contains("run bench/plot.py", PAGE, "start.svg");
    assertThat(plot(copy).code()).isZero();
    assertThat(plot(copy, "--check").code()).isZero();
  }

  @Test
  void figureByHand_isRefused() throws Exception {
    copyWithResults();
    plot(copy);
    edit("| 123 |", "| 99 |");

    assertThat(plot(copy, "--check").words()).contains(PAGE);
  }

  @Test
  void plotThatNoResultGives_isRefused() throws Exception {
    copyWithResults();
    plot(copy);
    Files.writeString(copy.resolve("docs/benchmarks/left.svg"), "<svg/>");

    assertThat(plot(copy, "--check").words()).contains("docs/benchmarks/left.svg");
  }

  @Test
  void tableWithoutBlock_isRefused() throws Exception {
    copyWithResults();
    edit("<!-- table start -->", "<!-- table other -->");

    assertThat(plot(copy, "--check").words()).contains("other, start");
  }

  @Test
  void figureThatLacksAValue_isRefused() throws Exception {
    copyWithResults();
    Files.writeString(copy.resolve(RESULTS), "{\"figure\": \"start help\"}\n");

    assertThat(plot(copy).code()).isNotZero();
  }

  @Test
  void withoutResults_isRefused() throws Exception {
    copyWithResults();
    Files.delete(copy.resolve(RESULTS));

    assertThat(plot(copy, "--check").words()).contains("no results");
  }

  /** Programs and page, with the result of one figure. */
  private void copyWithResults() throws IOException {
    Path bench = Repository.root().resolve("bench");
    Files.createDirectories(copy.resolve(RESULTS).getParent());
    Files.createDirectories(copy.resolve("docs"));
    try (Stream<Path> programs = Files.list(bench)) {
      for (Path program : programs.filter(p -> p.toString().endsWith(".py")).toList()) {
        Files.copy(program, copy.resolve("bench").resolve(program.getFileName()));
      }
    }
    Files.copy(Repository.root().resolve(PAGE), copy.resolve(PAGE));
    Files.writeString(
        copy.resolve(RESULTS),
        """
        {"machine": "one", "cpus": 2, "memory_gib": 8, "java": "25", "commit": "abc", "time": "now"}
        {"figure": "start help", "starts": 1, "milliseconds": {"median": 123.0, "least": 123.0, "most": 123.0}}
        """);
  }

  private void edit(String before, String after) throws IOException {
    String text = Files.readString(copy.resolve(PAGE));
    assertThat(text).contains(before);
    Files.writeString(copy.resolve(PAGE), text.replace(before, after));
  }

  private record Said(int code, String words) {}

  private static Said plot(Path root, String... arguments) throws Exception {
    Tools.require("python3");
    List<String> command =
        Stream.concat(
                Stream.of("python3", root.resolve("bench/plot.py").toString()),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), words);
  }
}
