package io.admix.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The WHERE part of a query of which not every condition is always there. */
final class Conditions {
  private final List<String> texts = new ArrayList<>();
  private final List<@Nullable Object> arguments = new ArrayList<>();

  /** Adds a condition that always holds. */
  Conditions and(String text, Object... values) {
    texts.add(text);
    arguments.addAll(List.of(values));
    return this;
  }

  /** Adds a condition with one placeholder per use of the value, unless there is no value. */
  Conditions andIf(@Nullable String value, String text) {
    if (value != null) {
      texts.add(text);
      text.chars().filter(c -> c == '?').forEach(each -> arguments.add(value));
    }
    return this;
  }

  /** What an actor sees of the rows whose maker stands in this column. */
  Conditions seenBy(Actor actor, String column) {
    String text = visible(actor, column);
    return text.isEmpty() ? this : and(text, actor.owner());
  }

  /** The condition with one placeholder for the owner, or nothing for one who sees everything. */
  static String visible(Actor actor, String column) {
    return actor.sight() == Actor.Sight.ALL
        ? ""
        : "(%s IS NULL OR %s IN ('%s', ?))".formatted(column, column, Claims.SHARED);
  }

  String where() {
    return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
  }

  /** What stands before the conditions, then theirs, then what stands behind. */
  @Nullable Object[] arguments(List<?> before, List<?> behind) {
    List<@Nullable Object> all = new ArrayList<>(before);
    all.addAll(arguments);
    all.addAll(behind);
    return all.toArray();
  }
}
