package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.recipe.RecipeReader;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show is what happens. */
class ReadmeTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CONSOLE =
      Pattern.compile("```console\n\\$ ./admix run recipe.yaml\n(.*?)```", Pattern.DOTALL);
  @TempDir Path folder;

  @Test
  void theReadmesRecipeGivesTheOutputThatItShows() throws Exception {
    String readme = Files.readString(Repository.root().resolve("README.md"));
    copyExamples();
    Files.writeString(folder.resolve("recipe.yaml"), first(YAML, readme));
    CommandRun run = CommandRun.of(folder, Console.Glyphs.UNICODE, "run", "recipe.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    String out = normal(run.out().replace(folder.toString(), "/home/you"));
    Files.writeString(Path.of("target/readme-output.txt"), out);
    assertThat(normal(first(CONSOLE, readme))).isEqualTo(out);
  }

  @Test
  void everyRecipeInTheDocumentsIsValid() throws Exception {
    for (String document : List.of("README.md", "docs/recipe.md")) {
      Matcher matcher = YAML.matcher(Files.readString(Repository.root().resolve(document)));
      int found = 0;
      while (matcher.find()) {
        assertThat(RecipeReader.read(matcher.group(1), folder).recipe().sources()).isNotEmpty();
        found++;
      }
      assertThat(found).as(document).isPositive();
    }
    assertThat(RecipeReader.read(Repository.root().resolve("examples/recipe.yaml")).recipe().name())
        .isEqualTo("example-mix");
  }

  @Test
  void theReadmeOpensWithTheTwoCommands() throws Exception {
    assertThat(Files.readString(Repository.root().resolve("README.md")))
        .startsWith("# Admix\n\n```sh\n./admix demo")
        .contains("\n./check ");
  }

  /** Time and rate differ from run to run. */
  private static String normal(String output) {
    return output.replaceAll("time     .*", "time     …");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher.group(1);
  }

  private void copyExamples() throws IOException {
    Path from = Repository.root().resolve("examples");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path to = folder.resolve("examples").resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
    Sources.watch(folder.resolve("examples"));
  }
}
