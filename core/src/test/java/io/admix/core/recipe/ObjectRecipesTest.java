package io.admix.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes that name places of objects. */
final class ObjectRecipesTest {
  private static Recipe validate(String flow) {
    return RecipeValidator.validate(Flow.read(flow.replace('\'', '"')));
  }

  private static List<String> problems(String flow) {
    InvalidRecipeException e =
        catchThrowableOfType(InvalidRecipeException.class, () -> validate(flow));
    assertThat(e).as(flow).isNotNull();
    return e.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
  }

  @Test
  void aTargetOfObjects_isCopiedTo() {
    Recipe recipe =
        validate(
            "{name: m, total: 1, target: 's3://b-1/mixes/m', sources: [{path: ./a, count: 1}]}");
    assertThat(recipe.target()).isEqualTo("s3://b-1/mixes/m");
    assertThat(recipe.link()).containsExactly(LinkMethod.COPY);
    assertThat(RecipeValidator.validateStored(RecipeWriter.write(recipe))).isEqualTo(recipe);
  }

  @Test
  void aSourceOfObjects_leavesTheDefaultOrderToTheOthers() {
    Recipe recipe =
        validate(
            "{name: m, total: 2, sources: [{path: 's3://b-1/in/', count: 1}, {path: ./a, count: 1}]}");
    assertThat(recipe.link()).isEqualTo(LinkMethod.DEFAULT_ORDER);
    assertThat(recipe.sources().getFirst().name()).isEqualTo("in");
    assertThat(RecipeValidator.validateStored(RecipeWriter.write(recipe))).isEqualTo(recipe);
  }

  @ParameterizedTest
  @CsvSource({
    "gs://b/p, the scheme `gs` is not known",
    "S3://b/p, the scheme `S3` is not known",
    "s3a://bbb/p, write s3://bucket/prefix",
    "http://u:geheim@h/p, the scheme `http` is not known",
    "file:///a, a folder is written without one",
    "s3:/b/p, or ./s3:",
    "s3:///p, names no bucket",
    "s3://, names no bucket",
    "s3://B_1/p, is no bucket's name",
    "s3://k:geheim@bbb/p, holds no user or key",
    "s3://bbb/a//b, none of them empty",
    "s3://bbb/../b, none of them empty",
    "s3://bbb--x-s3/p, directory buckets",
  })
  void aBadAddress_isRefusedByName(String address, String words) {
    String flow = "{name: m, target: '%1$s', sources: [{path: '%1$s', count: 1}]}";
    assertThat(problems(flow.formatted(address)))
        .hasSize(2)
        .allMatch(p -> p.contains(words))
        .noneMatch(p -> p.contains("geheim"))
        .anyMatch(p -> p.startsWith("target: "))
        .anyMatch(p -> p.startsWith("sources[0].path: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"./s3:x", "a/b://c", "./gs://x", "c:d", "s3", "../s3:/x"})
  void aFolder_staysAFolder(String path) {
    assertThat(
            validate("{name: m, target: '%s', sources: [{dataset: a, count: 1}]}".formatted(path))
                .target())
        .isEqualTo(path);
  }

  @Test
  void linksToObjects_areRefusedByName_withEveryPlace() {
    assertThat(
            problems(
                "{name: m, target: 's3://bbb/t', link: [hardlink, reflink, copy], sources: [{path: 's3://bbb/in', count: 1}, {path: a, count: 1}]}"))
        .singleElement()
        .asString()
        .startsWith("link: ")
        .contains("`hardlink`, `reflink`", "the target s3://bbb/t", "source `in`", "`link: [copy]`")
        .doesNotContain("source `a`");
    assertThat(problems("{name: m, link: symlink, sources: [{path: 's3://bbb/in', count: 1}]}"))
        .singleElement()
        .asString()
        .contains("`symlink`", "source `in`");
  }
}
