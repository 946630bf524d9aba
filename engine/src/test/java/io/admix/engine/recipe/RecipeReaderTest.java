package io.admix.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RecipeReaderTest {
  private static final String YAML =
      """
      name: code-mix                 # a comment
      seed: 42
      total: 10000
      target: ./mixes/code-mix
      sources:
        - path: ./data/java
          percent: 50
          include: ["**/*.java"]
        - dataset: python
          weight: 0.000000001
          label: {name: quality, values: [high, top]}
          tagged: {since: 2025-01-01, until: 2025-06-30}
        - dataset: c-headers
          count: 2000
          name: headers
      """;

  @TempDir Path folder;

  private static List<Problem> problems(String text) {
    InvalidRecipeException refusal =
        catchThrowableOfType(
            InvalidRecipeException.class, () -> RecipeReader.read(text, Path.of("/")));
    assertThat(refusal).as("refusal of %s", text).isNotNull();
    return refusal.problems();
  }

  @Test
  void yaml_andItsNormalFormInJson_areTheSameRecipe() throws Exception {
    Path file = Files.writeString(folder.resolve("r.yaml"), "\uFEFF" + YAML);
    RecipeDocument document = RecipeReader.read(file);
    assertThat(document.folder()).isEqualTo(folder.toAbsolutePath());
    Recipe recipe = document.recipe();
    assertThat(recipe.sources())
        .extracting(source -> source.name())
        .containsExactly("java", "python", "headers");
    String json = RecipeJson.write(recipe);
    assertThat(json).doesNotContain("\n").contains("0.000000001");
    assertThat(RecipeJson.parse(json)).isEqualTo(recipe);
    assertThat(RecipeReader.read(json, folder).recipe()).isEqualTo(recipe);
    assertThat(RecipeJson.write(RecipeJson.parse(json))).isEqualTo(json);
  }

  @Test
  void jsonWithTabs_comesThroughTheSameDoor() {
    String json =
        "{\n\t\"name\": \"m\",\n\t\"sources\": [\n\t\t{\"dataset\": \"d\\u00e9\", \"count\": 3}\n\t]\n}";
    assertThat(RecipeReader.read(json, folder).recipe().sources().getFirst().name())
        .isEqualTo("dé");
  }

  @Test
  void aKeyTwice_isNamedWithBothLines_besideAllOtherProblems() {
    String text =
        "name: m\nsources:\n  - dataset: d\n    count: 3\n    count: 4\n    wieght: 1\nname: n\n";
    assertThat(problems(text))
        .anySatisfy(problem -> {
          assertThat(problem.line()).isEqualTo(5);
          assertThat(problem.message()).contains("`count` stands here again; it is at line 4");
        })
        .anySatisfy(problem -> assertThat(problem.line()).isEqualTo(6))
        .anySatisfy(problem ->
            assertThat(problem.message()).contains("`name` stands here again; it is at line 1"));
    assertThat(problems("{\"name\": \"m\",\n\"name\": \"n\", \"sources\": []}"))
        .anySatisfy(problem -> assertThat(problem.message()).contains("stands here again"));
  }

  @Test
  void aSyntaxError_hasItsLine() {
    assertThat(problems("name: m\nsources: [\n  {dataset: d\n").getFirst().message())
        .contains("no valid YAML");
    assertThat(problems("name: m\n\tseed: 1\n").getFirst())
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(2))
        .satisfies(problem -> assertThat(problem.message()).contains("tab"));
    assertThat(problems("{\"name\": \"m\",\n \"seed\" 3}").getFirst())
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(2))
        .satisfies(problem -> assertThat(problem.message()).contains("no valid JSON"));
    assertThat(problems("{\"name\": \"m\"} {}"))
        .anySatisfy(problem -> assertThat(problem.message()).contains("more after the end"));
    assertThat(problems("name: a\u0001b\n").getFirst().message()).contains("U+0001");
  }

  @Test
  void whatAPersonCannotSeeInPlace_isRefused() {
    assertThat(problems("name: &a m\nseed: 1\nsources: [{dataset: *a, count: 1}]\n"))
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("`&a`: anchors and aliases are not read"))
        .anyMatch(message -> message.contains("`*a`"));
    assertThat(problems("name: !!binary bQ==\nsources: []\n"))
        .anySatisfy(problem -> assertThat(problem.message()).contains("tag"));
    assertThat(problems("name: m\n---\nname: n\n"))
        .anySatisfy(problem -> assertThat(problem.message()).contains("a second document"));
  }

  @Test
  void limitsHold() throws Exception {
    assertThat(problems("[".repeat(100) + "]".repeat(100)).getLast().message())
        .contains("deeper than 32");
    assertThat(problems("#" + "x".repeat(1 << 20)).getFirst().message())
        .contains("larger than 1 MB");
    assertThat(problems("")).isNotEmpty();
    assertThat(problems("just a word")).isNotEmpty();
    Path file =
        Files.write(folder.resolve("r"), "name: \u00fc".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowableOfType(InvalidRecipeException.class, () -> RecipeReader.read(file)))
        .hasMessageContaining("is no UTF-8");
    assertThat(
            catchThrowableOfType(
                InvalidRecipeException.class, () -> RecipeReader.read(folder.resolve("none"))))
        .hasMessageContaining("is not there");
    assertThat(catchThrowableOfType(InvalidRecipeException.class, () -> RecipeReader.read(folder)))
        .hasMessageContaining("is a folder");
  }

  /** Each is refused at once: neither time nor memory grows with what a few bytes stand for. */
  @Test
  void anEscapeWithoutDigits_isRefusedWithItsLine() {
    for (String escape : List.of("\\x\"\n", "\\u", "\\x", "\\U")) {
      assertThat(problems("name: x\ntarget: \"a" + escape).getLast().toString())
          .as(escape)
          .startsWith("line ");
    }
  }

  @Test
  void anotherVersionOfYaml_isNamedWithItsLine() {
    assertThat(problems("# a recipe\n%YAML 2.9\n---\nname: x\n").getLast())
        .extracting(Problem::line, Problem::message)
        .containsExactly(2, "is of another version of YAML than 1.2: leave out the line %YAML");
  }

  @Test
  @Timeout(20)
  void fewBytesThatStandForMuch_areRefused() {
    for (String number :
        List.of("1e999999999", "1e-999999999", "9".repeat(100_000), "1e" + "9".repeat(50_000))) {
      for (String key : List.of("count", "percent", "weight")) {
        assertThat(
                problems(
                    "name: m\ntotal: 5\nsources:\n  - {dataset: d, " + key + ": " + number + "}\n"))
            .allSatisfy(problem -> assertThat(problem.message().length()).isLessThan(500));
        assertThat(
                problems(
                    "{\"name\": \"m\", \"total\": 5, \"sources\": [{\"dataset\": \"d\", \""
                        + key
                        + "\": "
                        + number
                        + "}]}"))
            .allSatisfy(problem -> assertThat(problem.message().length()).isLessThan(500));
      }
      for (String key : List.of("seed", "total")) {
        assertThat(
                problems(
                    "name: m\n" + key + ": " + number + "\nsources: [{dataset: d, weight: 1}]\n"))
            .isNotEmpty();
      }
    }
    StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c < 'z'; c++) {
      char last = (char) (c - 1);
      bomb.append(c).append(": &").append(c).append(" [");
      bomb.append(("*" + last + ",").repeat(9)).append("*" + last + "]\n");
    }
    assertThat(problems(bomb.toString()))
        .anySatisfy(problem -> assertThat(problem.message()).contains("anchors and aliases"));
    assertThat(problems("{\"name\":\n" + "[".repeat(200_000)).getLast())
        .extracting(Problem::line, Problem::message)
        .containsExactly(2, "is nested deeper than 32 levels");
    assertThat(problems("name: " + "{a: ".repeat(200_000)).getLast().message())
        .contains("deeper than 32");
    assertThat(problems("? ".repeat(100_000)).getLast().message()).contains("deeper than 32");
    assertThat(problems("- ".repeat(100_000)).getLast().message()).contains("deeper than 32");
  }

  @Test
  void oneMegabyte_isCountedInBytes() throws Exception {
    Path file = Files.writeString(folder.resolve("large"), "#" + "\u00fc".repeat(600_000));
    assertThat(catchThrowableOfType(InvalidRecipeException.class, () -> RecipeReader.read(file)))
        .hasMessageContaining("larger than 1 MB");
    assertThat(
            RecipeReader.read(YAML + "#" + "x".repeat((1 << 20) - YAML.length() - 2) + "\n", folder)
                .recipe()
                .sources())
        .hasSize(3);
  }
}
