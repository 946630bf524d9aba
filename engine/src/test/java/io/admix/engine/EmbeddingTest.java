package io.admix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.verify.VerifyReport;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/library.md, run. */
class EmbeddingTest {
  @TempDir Path folder;

  @Test
  void theExampleOfTheDocumentationRuns() throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectories(folder.resolve("a"));
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve("a/" + i), "x");
    }
    Sources.watch(folder.resolve("a"));
    Path recipeFile =
        Files.writeString(
            folder.resolve("r.yaml"),
            "name: m\nseed: 1\ntarget: ./m\nsources:\n  - {path: ./a, count: 4}\n");
    // example
    try (Admix admix = Admix.open(SettingsLoader.load(SettingsInput.forHome(home)))) {
      RecipeDocument recipe = RecipeReader.read(recipeFile);
      PlanSummary plan =
          admix.mixes().plan(recipe, OptionalLong.empty(), null, PlanProgress.SILENT);
      RunReport report =
          admix
              .mixes()
              .run(recipe, OptionalLong.empty(), RunProgress.Listener.SILENT, new StopSignal());
      VerifyReport verified = admix.mixes().verify(report.target().name());
      // end of example
      assertThat(plan.entries()).isEqualTo(4);
      assertThat(report.target().files()).isEqualTo(4);
      assertThat(verified.isClean()).isTrue();
    }
  }

  @Test
  void theDocumentationShowsThisCode() throws Exception {
    String page = Files.readString(Path.of("../docs/library.md"));
    String shown = page.substring(page.indexOf("```java") + 7, page.indexOf("}\n```"));
    String here = Files.readString(Path.of("src/test/java/io/admix/engine/EmbeddingTest.java"));
    String run = here.substring(here.indexOf("// example") + 10, here.indexOf("// end of example"));
    assertThat(words(run)).isEqualTo(words(shown));
  }

  private static String words(String code) {
    return Arrays.stream(code.split("\\s+")).collect(Collectors.joining());
  }
}
