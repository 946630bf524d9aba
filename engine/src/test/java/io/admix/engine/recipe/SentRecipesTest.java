package io.admix.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentRecipesTest {

  private static List<Problem> problems(String text) {
    return catchThrowableOfType(InvalidRecipeException.class, () -> RecipeReader.readSent(text))
        .problems();
  }

  @Test
  void aTargetAndARelativePath_areProblemsBesideTheOthers_withTheirPlaces() {
    assertThat(
            problems(
                """
                name: m
                target: ./x
                sources:
                  - path: data/java
                    percent: 101
                """))
        .extracting(Problem::path, Problem::line, Problem::column)
        .contains(
            org.assertj.core.groups.Tuple.tuple("target", 2, 1),
            org.assertj.core.groups.Tuple.tuple("sources[0].path", 4, 11))
        .anySatisfy(tuple -> assertThat(tuple.toList().getFirst()).isEqualTo("sources[0].percent"));
  }

  @Test
  void withoutThem_theRecipeIsRead() {
    assertThat(
            RecipeReader.readSent(
                    "{\"name\":\"m\",\"sources\":[{\"path\":\"/data/java\",\"count\":3}]}")
                .target())
        .isNull();
  }

  @Test
  void aKeyThatStandsTwice_isNamed() {
    assertThat(
            problems(
                "{\"name\":\"m\",\"name\":\"n\",\"sources\":[{\"dataset\":\"d\",\"count\":1}]}"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.path()).isEqualTo("name");
          assertThat(problem.column()).isEqualTo(13);
        });
  }
}
