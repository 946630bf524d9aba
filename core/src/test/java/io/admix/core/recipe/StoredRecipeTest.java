package io.admix.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.TimeRange.UnknownTime;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stored recipe may hold that nobody may write. */
class StoredRecipeTest {
  private static Recipe recipe(String name, String source, Layout layout, Filter filter) {
    return new Recipe(
        name,
        1L,
        new Total.Fixed(3),
        "/target",
        layout,
        LinkMethod.DEFAULT_ORDER,
        OnShortage.TAKE_ALL,
        OnError.REPLACE,
        List.of(new SourceSpec(source, new Origin.Dataset("d-1"), new Share.Count(3), filter)));
  }

  @Test
  void namesOfAnyText_comeBackAndAreRefusedWhereTheyAreWritten() {
    Recipe recipe = recipe(" a/b .. 混合 ", "x/../y", Layout.FLAT, Filter.ALL);
    Node.Mapping stored = RecipeWriter.write(recipe);
    assertThat(RecipeValidator.validateStored(stored)).isEqualTo(recipe);
    assertThatThrownBy(() -> RecipeValidator.validate(stored))
        .isInstanceOfSatisfying(
            InvalidRecipeException.class, refused -> assertThat(refused.problems()).hasSize(2));
  }

  @Test
  void aSourceNameThatBecomesAFolder_isSafeWhoeverStoredIt() {
    Node.Mapping stored = RecipeWriter.write(recipe("a/b", "x/../y", Layout.BY_SOURCE, Filter.ALL));
    assertThatThrownBy(() -> RecipeValidator.validateStored(stored))
        .isInstanceOf(InvalidRecipeException.class);
  }

  @Test
  void namesThatAreNoText_areRefusedInStoredRecipesToo() {
    for (String name : List.of(" ", "a\u0000b", "a\nb", "\ud800")) {
      Node.Mapping stored = RecipeWriter.write(recipe(name, "s", Layout.FLAT, Filter.ALL));
      assertThatThrownBy(() -> RecipeValidator.validateStored(stored))
          .as(name)
          .isInstanceOf(InvalidRecipeException.class);
    }
  }

  @Test
  void anyLabelAndUnknownTimes_comeBack() {
    Filter filter =
        new Filter(
            LabelFilter.ANY,
            new TimeRange(
                new TimeBound.Day(LocalDate.of(2025, 1, 1)),
                new TimeBound.Day(LocalDate.of(2025, 1, 2)),
                UnknownTime.MATCH),
            null,
            List.of(),
            List.of());
    Recipe recipe = recipe("mix", "s", Layout.FLAT, filter);
    assertThat(RecipeValidator.validateStored(RecipeWriter.write(recipe))).isEqualTo(recipe);
  }
}
