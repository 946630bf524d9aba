package io.admix.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Recipe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes as people write them. */
class RecipeYamlTest {
  private static final Path HERE = Path.of("/");

  @Test
  void everyKey_isWrittenAsAPersonWouldWriteIt_andReadAgain() {
    String yaml =
        """
        name: code-mix
        seed: 42
        total: max
        target: "/data/mix"
        layout: flat
        link: [hardlink, copy]
        on-shortage: redistribute
        on-error: skip
        sources:
          - name: java
            dataset: java
            percent: 62.5
            label:
              name: lang
              values: [java, a b]
            tagged:
              since: "2024-01-01"
              until: "2025-01-01T10:00:30Z"
            include: ["**/*.java"]
            exclude: ["**/test/**", readme.md]
          - name: py
            path: "/data/py"
            percent: 37.5
        """;
    Recipe recipe = RecipeReader.read(yaml, HERE).recipe();
    assertThat(RecipeYaml.write(recipe)).isEqualTo(yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "12",
        "1e3",
        "2024-01-01",
        "- x",
        "a: b",
        "#c",
        "a#b",
        "a, b",
        "[x]",
        "'q'",
        "\"q\"",
        "~x",
        "*a",
        "&a",
        "!t",
        "ü中文",
        "tab\there",
        "a\\b",
        "true",
        "Off",
        "@x",
        "`x`",
        "%x",
        "|",
        ">",
        "?",
        ".5",
        "é è",
        "x:",
        "null",
        "\uD83D\uDE00",
        "del\u007f",
        "c1\u0080\u0084\u0086\u009f",
        "nel\u0085ls\u2028ps\u2029",
        "bom\ufeff.",
        "\ufffe\uffff"
      })
  void anyText_comesBackAsItWas(String text) {
    String json =
        "{\"name\":\"mix\",\"sources\":[{\"dataset\":\"d\",\"count\":1,\"label\":{\"name\":\"l\",\"values\":[%s]}}]}"
            .formatted(quoted(text));
    Recipe recipe = RecipeReader.read(json, HERE).recipe();
    assertThat(RecipeReader.read(RecipeYaml.write(recipe), HERE).recipe())
        .as(RecipeYaml.write(recipe))
        .isEqualTo(RecipeReader.read(RecipeJson.write(recipe), HERE).recipe());
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
  }
}
