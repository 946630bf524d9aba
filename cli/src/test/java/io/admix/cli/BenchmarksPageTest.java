package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tables and plots of docs/benchmarks.md are what the kept results give: no figure by hand. */
class BenchmarksPageTest {
  @Test
  void tablesAndPlots_areWhatTheResultsGive() throws Exception {
    Tools.require("python3");
    Path plot = Repository.root().resolve("bench/plot.py");
    ProcessBuilder builder =
        new ProcessBuilder("python3", plot.toString(), "--check").redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process check = builder.start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }
}
