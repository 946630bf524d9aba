package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/scale.md is what bench/scale.py computes of the figures that were kept. */
class ScalePageTest {
  @TempDir Path copy;

  @Test
  void thePage_isWhatTheFiguresGive_andANumberByHandIsRefused() throws Exception {
    Path root = Repository.root();
    assertThat(check(root)).isEmpty();
    for (String file : List.of("bench/scale.py", "docs/scale.md", latest(root))) {
      Files.createDirectories(copy.resolve(file).getParent());
      Files.copy(root.resolve(file), copy.resolve(file));
    }
    Path page = copy.resolve("docs/scale.md");
    String text = Files.readString(page);
    assertThat(text).contains("| 1,000,000 | 5 |");
    Files.writeString(page, text.replace("| 1,000,000 | 5 |", "| 1,000,000 | 4 |"));
    assertThat(check(copy)).contains("run bench/scale.py");
  }

  private static String latest(Path root) throws Exception {
    try (Stream<Path> results = Files.list(root.resolve("bench/results"))) {
      return "bench/results/"
          + results
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".jsonl"))
              .max(String::compareTo)
              .orElseThrow();
    }
  }

  /** What it complains of. */
  private static String check(Path root) throws Exception {
    Tools.require("python3");
    Process process =
        new ProcessBuilder("python3", root.resolve("bench/scale.py").toString(), "--check")
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).as(words).isEqualTo(words.isEmpty());
    return words;
  }
}
