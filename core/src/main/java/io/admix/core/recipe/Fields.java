package io.admix.core.recipe;

import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping. A reading method answers null where the key is missing or its
 * value is no good; a value that is no good has been reported then.
 */
final class Fields {
  private static final int ITEMS_MAX = 1_000;

  private final Node.Mapping mapping;
  private final String path;
  private final Problems problems;

  /** Reports each key that is not known, with the near one. */
  Fields(Node.Mapping mapping, String path, Problems problems, List<String> known) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    for (String key : mapping.entries().keySet()) {
      if (!known.contains(key)) {
        problem(key, "unknown key `" + Printable.of(key) + "`" + near(key, known));
      } else if (mapping.entries().get(key) instanceof Node.Scalar s && s.text() == null) {
        problem(key, "has no value; give one or leave the key out");
      }
    }
  }

  Problems problems() {
    return problems;
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The value of a key, or null when it is missing or has no value. */
  @Nullable Node get(String key) {
    Node node = mapping.entries().get(key);
    return node instanceof Node.Scalar s && s.text() == null ? null : node;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Where a key stands, or the mapping when it is missing. */
  Node.Place place(String key) {
    Node.Place place = mapping.keys().get(key);
    return place != null ? place : mapping.place();
  }

  void problem(String key, String message) {
    problems.add(place(key), path(key), message);
  }

  /** Reports a problem of the mapping as a whole. */
  void problem(String message) {
    problems.add(mapping.place(), path, message);
  }

  @Nullable String text(String key) {
    Node node = get(key);
    return node == null ? null : text(node, path(key));
  }

  /** One text, or a list of texts; null when missing. An empty list is reported. */
  @Nullable List<Item> texts(String key) {
    Node node = get(key);
    if (!(node instanceof Node.Sequence list)) {
      String text = node == null ? null : text(node, path(key));
      return node == null || text == null ? null : List.of(new Item(text, path(key), node.place()));
    }
    if (list.items().isEmpty()) {
      problem(key, "is an empty list; leave the key out or give at least one");
      return null;
    }
    if (list.items().size() > ITEMS_MAX) {
      problem(key, "has " + list.items().size() + " items, more than " + ITEMS_MAX);
      return null;
    }
    return items(list, path(key));
  }

  /** A text of a list, with its place. */
  record Item(String text, String path, Node.Place place) {}

  @Nullable Fields mapping(String key, List<String> known) {
    Node node = get(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Mapping inner) {
      return new Fields(inner, path(key), problems, known);
    }
    problem(key, "must be a mapping with " + String.join(", ", known) + ", not " + kind(node));
    return null;
  }

  private List<Item> items(Node.Sequence list, String listPath) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      String itemPath = listPath + "[" + i + "]";
      String text = text(list.items().get(i), itemPath);
      if (text != null) {
        items.add(new Item(text, itemPath, list.items().get(i).place()));
      }
    }
    return items;
  }

  private @Nullable String text(Node node, String at) {
    if (!(node instanceof Node.Scalar scalar)) {
      problems.add(node.place(), at, "must be one text, not " + kind(node));
      return null;
    }
    if (scalar.text() == null || scalar.text().isEmpty()) {
      problems.add(node.place(), at, "is empty");
      return null;
    }
    return scalar.text();
  }

  /** "a list", "a mapping", "a single value". */
  static String kind(Node node) {
    return switch (node) {
      case Node.Mapping m -> "a mapping";
      case Node.Sequence s -> "a list";
      case Node.Scalar s -> s.text() == null ? "nothing" : "`" + Printable.of(s.text()) + "`";
    };
  }

  private static String near(String key, List<String> known) {
    String question = Near.question(key, known);
    return question.isEmpty() ? "; known here: " + String.join(", ", known) : question;
  }

  SequencedMap<String, Node> entries() {
    return mapping.entries();
  }
}
