package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.core.name.Near;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import java.util.List;

/** Finds the task that was meant: by its id, the beginning of it, or the name of its mix. */
final class Tasks {
  private Tasks() {}

  static Task find(Admix admix, String written) throws RefusedException {
    List<Task> tasks = admix.mixes().tasks();
    List<Task> matching = tasks.stream().filter(t -> t.id().equals(written)).toList();
    if (matching.isEmpty()) {
      matching = tasks.stream().filter(t -> t.id().startsWith(written)).toList();
    }
    if (matching.isEmpty()) {
      matching = tasks.stream().filter(t -> t.name().equals(written)).limit(1).toList();
    }
    if (matching.size() > 1) {
      throw new RefusedException(
          written + " begins the id of " + matching.size() + " tasks: write more of it.");
    }
    if (matching.isEmpty()) {
      String near =
          Near.suggestion(written, tasks.stream().map(Task::name).toList())
              .map(n -> " Did you mean " + n + "?")
              .orElse("");
      throw new RefusedException(
          "There is no task " + written + "." + near + " See: admix task list");
    }
    return matching.getFirst();
  }
}
