package io.admix.engine.recipe;

import io.admix.core.name.Printable;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Node.Place;
import io.admix.core.recipe.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into nodes. Duplicate keys are noted as problems; a syntax error ends the reading. */
final class JsonNodes {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(RecipeReader.DEPTH_MAX).build())
          .build();

  private final List<Problem> problems;

  JsonNodes(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * @throws InvalidRecipeException for a syntax error, with what was noted before
   */
  Node read(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return document(parser);
    }
  }

  private Node document(JsonParser parser) {
    try {
      if (parser.nextToken() == null) {
        throw syntax(1, "is empty");
      }
      Node node = node(parser);
      if (parser.nextToken() != null) {
        problems.add(new Problem(place(parser).line(), "", "there is more after the end of it"));
      }
      return node;
    } catch (StreamConstraintsException e) {
      boolean isDeep = parser.streamReadContext().getNestingDepth() >= RecipeReader.DEPTH_MAX;
      throw syntax(
          place(parser).line(),
          isDeep
              ? "is nested deeper than " + RecipeReader.DEPTH_MAX + " levels"
              : "holds a number or text that is too long");
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      int line = location == null ? place(parser).line() : location.getLineNr();
      throw syntax(line, "is no valid JSON: " + Printable.of(e.getOriginalMessage()));
    }
  }

  private InvalidRecipeException syntax(int line, String message) {
    problems.add(new Problem(Math.max(1, line), "", message));
    return new InvalidRecipeException(problems);
  }

  private Node node(JsonParser parser) {
    Place place = place(parser);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(parser, place);
      case START_ARRAY -> sequence(parser, place);
      case VALUE_NULL -> new Node.Scalar(null, false, place);
      case VALUE_STRING -> new Node.Scalar(parser.getString(), true, place);
      default -> new Node.Scalar(parser.getString(), false, place);
    };
  }

  private Node mapping(JsonParser parser, Place place) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>();
    Map<String, Place> keys = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Place keyPlace = place(parser);
      parser.nextToken();
      Node value = node(parser);
      if (keys.putIfAbsent(key, keyPlace) == null) {
        entries.put(key, value);
      } else {
        problems.add(Duplicates.problem(key, keyPlace, keys));
      }
    }
    return new Node.Mapping(entries, keys, place);
  }

  private Node sequence(JsonParser parser, Place place) {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return new Node.Sequence(items, place);
  }

  private static Place place(JsonParser parser) {
    TokenStreamLocation location = parser.currentTokenLocation();
    return new Place(location.getLineNr(), location.getColumnNr());
  }
}
