package io.admix.catalog;

import java.sql.SQLException;
import java.util.List;

/**
 * Claims on the names of ratio tasks, each unique among what one owner sees. They stand in a table
 * of ours, since DataMate's may hold duplicates and may get no constraint.
 */
final class RatioNames {
  private RatioNames() {}

  /**
   * Claims the name in the present transaction; whoever wants the same one waits for its end.
   *
   * @param name without blanks around it
   * @throws TaskNameTakenException when a task that the actor sees has it
   */
  static void claim(Session session, Actor actor, String name, String taskId) throws SQLException {
    session.dialect().lockName(session, "ratio task " + name);
    // A row that somebody deleted behind our back holds its name no more.
    session.update(
        "DELETE FROM {a}ratio_names WHERE name = ? AND NOT EXISTS (SELECT 1 FROM t_st_ratio_instances i WHERE i.id = task_id)",
        name);
    if (isTaken(session, actor, name)) {
      throw new TaskNameTakenException(
          "A task named '%s' is there already: choose another name, or delete that task. Nothing was changed."
              .formatted(name));
    }
    session.update(
        "INSERT INTO {a}ratio_names (owner, name, task_id) VALUES (?, ?, ?)",
        actor.owner(),
        name,
        taskId);
  }

  /** Whether the actor sees a task of this name, ours or DataMate's. */
  static boolean isTaken(Session session, Actor actor, String name) throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("(i.name = ? OR n.name = ?)", name, name)
            .seenBy(actor, "i.created_by");
    return session
        .first(
            "SELECT i.id FROM t_st_ratio_instances i LEFT JOIN {a}ratio_names n ON n.task_id = i.id"
                + conditions.where()
                + " LIMIT 1",
            row -> true,
            conditions.arguments(List.of(), List.of()))
        .isPresent();
  }
}
