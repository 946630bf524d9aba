package io.admix.engine.recipe;

import io.admix.core.recipe.Node;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeWriter;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A recipe document as YAML for people to read, copy and edit: {@link RecipeReader} reads back what
 * it says, to the digit. A text stands without quotes where nobody can take it for anything else.
 */
public final class RecipeYaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[.0-9][0-9.eE+-]*");

  /** Besides what JSON escapes too; a pair of surrogates is one character here, and no match. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\ud800-\\udfff]");

  /** What readers of YAML take for something else than a text. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private RecipeYaml() {}

  /** The recipe in its normal form, a line per key. */
  public static String write(Recipe recipe) {
    return write(RecipeWriter.write(recipe));
  }

  /** The document, a line per key. */
  public static String write(Node.Mapping document) {
    StringBuilder out = new StringBuilder(512);
    mapping(document, "", out);
    return out.toString();
  }

  private static void mapping(Node.Mapping mapping, String indent, StringBuilder out) {
    boolean isFirst = true;
    for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
      // The first key of a list's item stands behind its dash.
      out.append(isFirst && endsWithDash(out) ? "" : indent)
          .append(text(entry.getKey()))
          .append(':');
      isFirst = false;
      value(entry.getValue(), indent, out);
    }
  }

  private static boolean endsWithDash(StringBuilder out) {
    return out.length() > 1 && out.charAt(out.length() - 1) == ' ';
  }

  private static void value(Node value, String indent, StringBuilder out) {
    switch (value) {
      case Node.Scalar scalar -> out.append(' ').append(scalar(scalar)).append('\n');
      case Node.Mapping inner when inner.entries().isEmpty() -> out.append(" {}\n");
      case Node.Mapping inner -> {
        out.append('\n');
        mapping(inner, indent + "  ", out);
      }
      case Node.Sequence list when list.items().stream().allMatch(Node.Scalar.class::isInstance) ->
          out.append(' ').append(inLine(list)).append('\n');
      case Node.Sequence list -> {
        out.append('\n');
        for (Node item : list.items()) {
          item(item, indent + "  ", out);
        }
      }
    }
  }

  private static void item(Node item, String indent, StringBuilder out) {
    out.append(indent).append('-');
    if (item instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      out.append(' ');
      mapping(mapping, indent + "  ", out);
    } else {
      value(item, indent, out);
    }
  }

  private static String inLine(Node.Sequence list) {
    StringBuilder out = new StringBuilder("[");
    for (Node item : list.items()) {
      out.append(out.length() == 1 ? "" : ", ").append(scalar((Node.Scalar) item));
    }
    return out.append(']').toString();
  }

  private static String scalar(Node.Scalar scalar) {
    String value = scalar.text();
    if (value == null) {
      return "null";
    }
    return !scalar.quoted() && NUMBER.matcher(value).matches() ? value : text(value);
  }

  private static String text(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? text
        : '"' + escaped(new String(JsonStringEncoder.getInstance().quoteAsCharArray(text))) + '"';
  }

  /** What JSON lets stand as it is and YAML does not. */
  private static String escaped(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
