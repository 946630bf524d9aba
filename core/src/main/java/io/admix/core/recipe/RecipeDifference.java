package io.admix.core.recipe;

import io.admix.core.name.Printable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two recipes in normal form, a line per key: {@code sources[1].weight: 3 →
 * 4}.
 */
public final class RecipeDifference {
  private RecipeDifference() {}

  /** Every difference between two normal forms; empty when they ask for the same. */
  public static List<String> between(Node before, Node after) {
    Map<String, String> old = leaves(before);
    Map<String, String> now = leaves(after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(old.get(key), now.get(key)))
        .map(key -> key + ": " + shown(old.get(key)) + " → " + shown(now.get(key)))
        .toList();
  }

  /**
   * The same without the seed: for a recipe that leaves it to be drawn, the one drawn before
   * stands.
   */
  public static List<String> betweenIgnoringSeed(Node before, Node after) {
    return between(before, after).stream().filter(line -> !line.startsWith("seed: ")).toList();
  }

  /** Every difference between two recipes. */
  public static List<String> between(Recipe before, Recipe after) {
    return between(RecipeWriter.write(before), RecipeWriter.write(after));
  }

  /** The texts at the ends of a document, by path. */
  private static Map<String, String> leaves(Node node) {
    Map<String, String> leaves = new LinkedHashMap<>();
    collect(node, "", leaves);
    return leaves;
  }

  private static void collect(Node node, String path, Map<String, String> leaves) {
    switch (node) {
      case Node.Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, value) -> collect(value, path.isEmpty() ? key : path + "." + key, leaves));
      case Node.Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          collect(list.items().get(i), path + "[" + i + "]", leaves);
        }
      }
      case Node.Scalar scalar -> leaves.put(path, String.valueOf(scalar.text()));
    }
  }

  private static String shown(@Nullable String value) {
    return value == null ? "(none)" : Printable.of(value);
  }
}
