package io.admix.engine.recipe;

import io.admix.core.recipe.Node;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A recipe in normal form as YAML, as a person writes it: one key a line, short lists in brackets,
 * quotes only where they are needed. {@link RecipeReader} reads the same recipe out of it.
 */
public final class RecipeYaml {
  /** Text that no reader of YAML takes for anything but text, whatever its version. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}/_][\\p{L}\\p{N}/_.+-]*");

  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private RecipeYaml() {}

  /** The normal form, which ends with a line break. */
  public static String write(Recipe recipe) {
    StringBuilder out = new StringBuilder(512);
    mapping(RecipeWriter.write(recipe), "", out);
    return out.toString();
  }

  private static void mapping(Node.Mapping mapping, String indent, StringBuilder out) {
    String before = "";
    for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
      out.append(before).append(entry.getKey()).append(':');
      if (entry.getValue() instanceof Node.Sequence sequence && holdsMappings(sequence)) {
        out.append('\n');
        for (Node item : sequence.items()) {
          out.append(indent).append("  - ");
          mapping((Node.Mapping) item, indent + "    ", out);
        }
      } else {
        out.append(' ').append(inline(entry.getValue())).append('\n');
      }
      before = indent;
    }
  }

  private static boolean holdsMappings(Node.Sequence sequence) {
    return sequence.items().stream().allMatch(Node.Mapping.class::isInstance);
  }

  private static String inline(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar(scalar);
      case Node.Sequence sequence -> "[" + joined(sequence.items()) + "]";
      case Node.Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + inline(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String joined(List<Node> items) {
    return items.stream().map(RecipeYaml::inline).collect(Collectors.joining(", "));
  }

  private static String scalar(Node.Scalar scalar) {
    String text = String.valueOf(scalar.text());
    boolean isPlain =
        !scalar.quoted()
            || PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return isPlain
        ? text
        : "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
  }
}
