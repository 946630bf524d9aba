package io.admix.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists tasks as an actor sees them. The texts that it makes are few, whatever is asked. */
final class TaskPages {
  private static final String ANY_STATUS =
      "t.status IN (?" + ", ?".repeat(Task.Status.values().length - 1) + ")";

  private TaskPages() {}

  static Page<Task> page(Session session, Actor actor, TaskQuery query) throws SQLException {
    List<@Nullable Object> arguments = new ArrayList<>();
    String where = where(actor, query, arguments);
    long total =
        session
            .first(
                "SELECT COUNT(*) FROM {a}tasks t" + where,
                row -> row.getLong(1),
                arguments.toArray())
            .orElseThrow();
    arguments.add(query.page().size());
    arguments.add(query.page().offset());
    List<Task> tasks =
        session.list(
            TaskRows.SELECT + where + " ORDER BY t.created_at DESC, t.id DESC LIMIT ? OFFSET ?",
            TaskRows::map,
            arguments.toArray());
    return new Page<>(tasks, total);
  }

  /** How many there are in each state that has any; the query's own states do not narrow. */
  static Map<Task.Status, Long> counts(Session session, Actor actor, TaskQuery query)
      throws SQLException {
    TaskQuery anyState =
        new TaskQuery(query.nameContains(), Set.of(), query.origin(), query.page());
    List<@Nullable Object> arguments = new ArrayList<>();
    String where = where(actor, anyState, arguments);
    Map<Task.Status, Long> counts = new EnumMap<>(Task.Status.class);
    session
        .list(
            "SELECT t.status, COUNT(*) FROM {a}tasks t" + where + " GROUP BY t.status",
            row -> Map.entry(Task.Status.valueOf(row.getString(1)), row.getLong(2)),
            arguments.toArray())
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private static String where(Actor actor, TaskQuery query, List<@Nullable Object> arguments) {
    List<String> terms = new ArrayList<>();
    if (actor.sight() == Actor.Sight.OWN) {
      terms.add("t.owner IN (?, 'system')");
      arguments.add(actor.owner());
    }
    String part = query.nameContains();
    if (part != null && !part.isEmpty()) {
      terms.add("t.search_name LIKE ? ESCAPE '!'");
      arguments.add("%" + escaped(NewTasks.searched(part)) + "%");
    }
    if (!query.statuses().isEmpty()) {
      terms.add(ANY_STATUS);
      for (Task.Status status : Task.Status.values()) {
        arguments.add(query.statuses().contains(status) ? status.name() : "");
      }
    }
    TaskOrigin origin = query.origin();
    if (origin != null) {
      terms.add("t.origin = ?");
      arguments.add(origin.name());
    }
    return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
  }

  /** What is looked for is no pattern. */
  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
