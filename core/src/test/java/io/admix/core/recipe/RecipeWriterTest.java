package io.admix.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecipeWriterTest {
  @Test
  void normalFormIsARecipeThatGivesItselfAgain() {
    Recipe recipe = validate(RecipeValidatorTest.WHOLE);
    Node.Mapping written = RecipeWriter.write(recipe);

    assertThat(RecipeWriter.write(RecipeValidator.validate(written))).isEqualTo(written);
    assertThat(RecipeValidator.validate(written)).isEqualTo(recipe);
    assertThat(written.entries().keySet())
        .containsExactly(
            "name",
            "seed",
            "total",
            "target",
            "layout",
            "link",
            "on-shortage",
            "on-error",
            "sources");
  }

  @Test
  void sameMixWrittenOtherwiseHasTheSameNormalForm() {
    String plain = "{name: m, sources: [{dataset: a, count: 5}, {dataset: b, count: 2}]}";
    String rich =
        "{total: 7.0, on-error: fail, link: [hardlink, symlink, copy], name: m, layout: by-source,"
            + " sources: [{count: 5e0, name: a, dataset: a}, {dataset: b, count: 2}]}";
    assertThat(RecipeDifference.between(validate(plain), validate(rich))).isEmpty();
    String weights = "{name: m, total: 9, sources: [{dataset: a, weight: %s, include: %s}]}";
    assertThat(
            RecipeDifference.between(
                validate(weights.formatted("1e-9", "x")),
                validate(weights.formatted("0.0000000010", "[x]"))))
        .isEmpty();
  }

  @Test
  void normalFormKeepsNumbersAndTextsApart() {
    Node.Mapping written =
        RecipeWriter.write(
            validate("{name: 42, seed: 7, total: max, sources: [{dataset: 5, weight: 1e3}]}"));

    assertThat(written.entries().get("name"))
        .isEqualTo(new Node.Scalar("42", true, Node.Place.NOWHERE));
    assertThat(written.entries().get("seed"))
        .isEqualTo(new Node.Scalar("7", false, Node.Place.NOWHERE));
    assertThat(written.entries().get("total"))
        .isEqualTo(new Node.Scalar("max", true, Node.Place.NOWHERE));
    Node.Mapping source =
        (Node.Mapping) ((Node.Sequence) written.entries().get("sources")).items().getFirst();
    assertThat(source.entries().get("weight"))
        .isEqualTo(new Node.Scalar("1000", false, Node.Place.NOWHERE));
  }

  @Test
  void differenceNamesEachKeyAndBothValues() {
    String before =
        "{name: m, seed: 1, total: 10, sources: [{dataset: a, weight: 3}, {dataset: b, weight: 3}]}";
    String after =
        "{name: m, total: 20, sources: [{dataset: a, weight: 3, include: x}, {dataset: b, weight: 4}]}";

    assertThat(RecipeDifference.between(validate(before), validate(after)))
        .containsExactly(
            "seed: 1 → (none)",
            "total: 10 → 20",
            "sources[1].weight: 3 → 4",
            "sources[0].include[0]: (none) → x");
    assertThat(
            RecipeDifference.betweenIgnoringSeed(
                RecipeWriter.write(validate(before)),
                RecipeWriter.write(validate(before).withSeed(9))))
        .isEmpty();
  }

  private static Recipe validate(String document) {
    return RecipeValidator.validate(Flow.read(document));
  }
}
