package io.admix.engine.run;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeDifference;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.recipe.RecipeReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Fuzz target: a recipe, YAML or JSON. */
public final class RecipeFuzz {
  private static final Path FOLDER = Path.of("/data/recipes");

  private RecipeFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Bounded.run(data.length, () -> read(text));
  }

  private static void read(String text) {
    Recipe recipe;
    try {
      recipe = RecipeReader.read(text, FOLDER).recipe();
    } catch (InvalidRecipeException e) {
      require(!e.problems().isEmpty(), "refused without a reason");
      e.problems().forEach(RecipeFuzz::requireWords);
      return;
    }
    requireSame(recipe);
    Recipe absolute = Recipes.absolute(recipe, FOLDER);
    Path target = Recipes.target(absolute).folder();
    require(target.isAbsolute() && target.normalize().equals(target), "target %s", target);
    requireSame(absolute);
  }

  /** What a task keeps is read as what was asked. */
  private static void requireSame(Recipe recipe) {
    String json = RecipeJson.write(recipe);
    Recipe again = RecipeJson.parse(json);
    require(RecipeJson.write(again).equals(json), "written again it is another: %s", json);
    require(
        RecipeDifference.between(recipe, again).isEmpty(),
        "read again it differs: %s",
        RecipeDifference.between(recipe, again));
  }

  private static void requireWords(Problem problem) {
    require(!problem.message().isBlank(), "a problem without words");
    // An empty document has no line to name.
    boolean isEmpty = problem.message().endsWith("not nothing");
    require(
        isEmpty || problem.line() > 0 || !problem.path().isEmpty(),
        "neither line nor key: %s",
        problem);
    require(problem.toString().length() < 2_000, "too many words: %s", problem);
  }
}
