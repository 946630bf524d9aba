package io.admix.engine.recipe;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeValidator;
import io.admix.core.recipe.RecipeWriter;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A recipe in normal form as one line of JSON: equal recipes give equal text, numbers keep every
 * digit.
 */
public final class RecipeJson {
  private RecipeJson() {}

  /** The normal form. */
  public static String write(Recipe recipe) {
    StringBuilder out = new StringBuilder(512);
    write(RecipeWriter.write(recipe), out);
    return out.toString();
  }

  /**
   * The recipe that {@link #write} gave this text for, whose names may be any text; a recipe that
   * somebody wrote is read by {@link RecipeReader}.
   *
   * @throws InvalidRecipeException when it is none
   */
  public static Recipe parse(String json) {
    return RecipeValidator.validateStored(node(json));
  }

  /**
   * Any JSON as nodes.
   *
   * @throws InvalidRecipeException when it is no JSON or has a key twice
   */
  public static Node node(String json) {
    ArrayList<io.admix.core.recipe.Problem> problems = new ArrayList<>();
    Node node = new JsonNodes(problems).read(json);
    if (!problems.isEmpty()) {
      throw new InvalidRecipeException(problems);
    }
    return node;
  }

  private static void write(Node node, StringBuilder out) {
    switch (node) {
      case Node.Mapping mapping -> {
        char separator = '{';
        for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
          out.append(separator);
          text(entry.getKey(), out);
          out.append(':');
          write(entry.getValue(), out);
          separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
      }
      case Node.Sequence sequence -> {
        char separator = '[';
        for (Node item : sequence.items()) {
          out.append(separator);
          write(item, out);
          separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
      }
      case Node.Scalar scalar -> scalar(scalar, out);
    }
  }

  private static void scalar(Node.Scalar scalar, StringBuilder out) {
    if (scalar.text() == null || !scalar.quoted()) {
      out.append(scalar.text());
    } else {
      text(scalar.text(), out);
    }
  }

  private static void text(String text, StringBuilder out) {
    out.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
  }
}
