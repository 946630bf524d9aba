package io.admix.server.v1;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Node.Place;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.RecipeValidator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The conditions of a recipe's source as parameters of a query. */
final class FilterParameters {
  static final String[] NAMES = {
    "label",
    "value",
    "taggedSince",
    "taggedUntil",
    "modifiedSince",
    "modifiedUntil",
    "include",
    "exclude"
  };

  /** Values and patterns of one request. */
  private static final int MOST = 100;

  private static final Map<String, String> NAMES_BY_KEY =
      Map.of(
          "label.name", "label",
          "label.values", "value",
          "tagged.since", "taggedSince",
          "tagged.until", "taggedUntil",
          "tagged", "taggedSince",
          "modified.since", "modifiedSince",
          "modified.until", "modifiedUntil",
          "modified", "modifiedSince");

  private FilterParameters() {}

  /** The filter; what is wrong with it is noted with the parameters, which are to be checked. */
  static Filter read(Parameters parameters) {
    SequencedMap<String, Node> conditions = new LinkedHashMap<>();
    put(
        conditions,
        "label",
        entry("name", parameters.text("label")),
        entry("values", parameters.texts("value", MOST)));
    range(parameters, conditions, "tagged");
    range(parameters, conditions, "modified");
    for (String key : List.of("include", "exclude")) {
      List<String> globs = parameters.texts(key, MOST);
      if (!globs.isEmpty()) {
        conditions.put(key, sequence(globs));
      }
    }
    try {
      return RecipeValidator.filter(mapping(conditions));
    } catch (InvalidRecipeException e) {
      e.problems().forEach(problem -> note(parameters, problem));
      return Filter.ALL;
    }
  }

  private static void note(Parameters parameters, Problem problem) {
    String path = problem.path().replaceAll("\\[\\d+]$", "");
    parameters.problem(NAMES_BY_KEY.getOrDefault(path, path), problem.message());
  }

  private static void range(
      Parameters parameters, SequencedMap<String, Node> conditions, String key) {
    put(
        conditions,
        key,
        entry("since", parameters.text(key + "Since")),
        entry("until", parameters.text(key + "Until")));
  }

  private static Map.Entry<String, List<String>> entry(
      String key, @org.jspecify.annotations.Nullable String text) {
    return Map.entry(key, text == null ? List.of() : List.of(text));
  }

  private static Map.Entry<String, List<String>> entry(String key, List<String> texts) {
    return Map.entry(key, texts);
  }

  @SafeVarargs
  private static void put(
      SequencedMap<String, Node> conditions, String key, Map.Entry<String, List<String>>... parts) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> part : parts) {
      if (!part.getValue().isEmpty()) {
        boolean isList = part.getKey().equals("values");
        entries.put(
            part.getKey(), isList ? sequence(part.getValue()) : scalar(part.getValue().getFirst()));
      }
    }
    if (!entries.isEmpty()) {
      conditions.put(key, mapping(entries));
    }
  }

  private static Node.Mapping mapping(SequencedMap<String, Node> entries) {
    return new Node.Mapping(entries, new HashMap<>(), Place.NOWHERE);
  }

  private static Node.Sequence sequence(List<String> texts) {
    return new Node.Sequence(
        texts.stream().<Node>map(FilterParameters::scalar).toList(), Place.NOWHERE);
  }

  private static Node.Scalar scalar(String text) {
    return new Node.Scalar(text, true, Place.NOWHERE);
  }
}
