package io.admix.engine.recipe;

import io.admix.core.name.Printable;
import io.admix.core.recipe.Node.Place;
import io.admix.core.recipe.Problem;
import java.util.Map;

/** What is said of a key that a mapping has twice. */
final class Duplicates {
  private Duplicates() {}

  static Problem problem(String key, Place second, Map<String, Place> keys) {
    Place first = keys.getOrDefault(key, Place.NOWHERE);
    return new Problem(
        second.line(),
        second.column(),
        Printable.of(key),
        "key `"
            + Printable.of(key)
            + "` stands here again; it is at line "
            + first.line()
            + " already: keep one of them");
  }
}
