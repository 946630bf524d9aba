package io.admix.server.v1;

import io.admix.core.recipe.Node;
import io.admix.core.recipe.Recipe;
import io.admix.engine.recipe.RecipeReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new task is made from: a recipe as JSON or YAML, or the id of a kept plan, {@code {"plan":
 * "…"}}.
 *
 * @param planId or null; the recipe is that of the plan then, and null here
 */
record SentRecipe(@Nullable Recipe recipe, @Nullable String planId) {
  private static final Pattern PLAN_ID = Pattern.compile("[0-9a-f]{64}");

  /** A recipe only. */
  static Recipe recipe(String text) {
    return RecipeReader.readSent(text);
  }

  static SentRecipe of(HttpServletRequest request, String text) {
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    return type.startsWith(MediaTypes.JSON) && namesPlan(text)
        ? new SentRecipe(null, planId(text))
        : new SentRecipe(recipe(text), null);
  }

  /** A recipe has no key {@code plan}; broken JSON is the recipe reader's to tell. */
  private static boolean namesPlan(String text) {
    try {
      return JsonBody.node(text) instanceof Node.Mapping mapping
          && mapping.entries().containsKey("plan");
    } catch (ProblemException e) {
      return false;
    }
  }

  private static String planId(String text) {
    JsonBody body = JsonBody.of(text, "plan");
    String id = body.text("plan", 64);
    if (id != null && !PLAN_ID.matcher(id).matches()) {
      body.problem("plan", "must be the id of a plan, 64 hexadecimal digits in lower case");
    }
    body.check();
    if (id == null) {
      throw new ProblemException(
          ProblemType.INVALID_BODY, List.of(new FieldError("plan", "is missing")));
    }
    return id;
  }
}
