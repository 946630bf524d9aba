package io.admix.server.v1;

import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.engine.recipe.RecipeJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that is one JSON object, strictly: unknown keys, keys that stand twice and values of
 * another type are problems. Problems are gathered; {@link #check} ends the request with all.
 */
final class JsonBody {
  private final Node.Mapping object;
  private final List<FieldError> errors = new ArrayList<>();

  private JsonBody(Node.Mapping object) {
    this.object = object;
  }

  /**
   * The body, of which these keys are known.
   *
   * @throws ProblemException when it is no JSON object
   */
  static JsonBody of(String text, String... known) {
    Node node = node(text);
    if (!(node instanceof Node.Mapping object)) {
      throw new ProblemException(
          ProblemType.INVALID_BODY,
          List.of(new FieldError("", "the body must be a JSON object", 1, 1)));
    }
    JsonBody body = new JsonBody(object);
    body.refuseOthers(List.of(known));
    return body;
  }

  /** Any JSON. */
  static Node node(String text) {
    try {
      return RecipeJson.node(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (InvalidRecipeException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, e.problems().stream().map(FieldError::of).toList());
    }
  }

  private void refuseOthers(List<String> known) {
    for (String key : object.entries().keySet()) {
      if (!known.contains(key)) {
        String question = Near.question(key, known);
        problem(
            key,
            "is no field here"
                + (question.isEmpty() ? "; known: " + String.join(", ", known) : question));
      }
    }
  }

  void problem(String key, String message) {
    Node.Place place = object.keys().getOrDefault(key, object.place());
    errors.add(new FieldError(Printable.of(key), message, place.line(), place.column()));
  }

  /** A text of 1 to {@code most} characters; null when it is missing or wrong. */
  @Nullable String text(String key, int most) {
    Node.Scalar scalar = scalar(key, "a text");
    if (scalar == null || scalar.text() == null) {
      return null;
    }
    String text = scalar.text();
    if (!scalar.quoted()) {
      problem(key, "must be a text in quotes, not `" + Printable.of(text) + "`");
    } else if (text.isEmpty()) {
      problem(key, "is empty");
    } else if (text.length() > most) {
      problem(key, "is longer than " + most + " characters");
    } else if (text.indexOf('\0') >= 0 || !isWellFormed(text)) {
      problem(key, "holds a zero byte or is not well-formed Unicode");
    } else {
      return text;
    }
    return null;
  }

  /** As {@link #text}; empty, and a problem, when it is missing. */
  String required(String key, int most, String meaning) {
    if (!object.entries().containsKey(key)) {
      problem(key, "is missing: " + meaning);
    }
    String text = text(key, most);
    return text == null ? "" : text;
  }

  boolean flag(String key) {
    Node.Scalar scalar = scalar(key, "true or false");
    if (scalar == null) {
      return false;
    }
    boolean isFlag =
        !scalar.quoted() && ("true".equals(scalar.text()) || "false".equals(scalar.text()));
    if (!isFlag) {
      problem(
          key, "must be true or false, not `" + Printable.of(String.valueOf(scalar.text())) + "`");
    }
    return isFlag && "true".equals(scalar.text());
  }

  private Node.@Nullable Scalar scalar(String key, String expected) {
    Node node = object.entries().get(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Scalar scalar) {
      if (scalar.text() != null) {
        return scalar;
      }
      problem(key, "is null; give " + expected + " or leave the field out");
      return null;
    }
    problem(
        key,
        "must be " + expected + ", not " + (node instanceof Node.Mapping ? "an object" : "a list"));
    return null;
  }

  private static boolean isWellFormed(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException when anything is wrong
   */
  void check() {
    if (!errors.isEmpty()) {
      throw new ProblemException(ProblemType.INVALID_BODY, errors);
    }
  }
}
