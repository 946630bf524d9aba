package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.core.name.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A task for people. */
final class TaskText {
  private TaskText() {}

  static String state(Task task) {
    String status = task.status().name().toLowerCase(Locale.ROOT);
    if (task.cancelRequested() && !task.status().isFinal()) {
      return status + ", cancelling";
    }
    return task.resumable() && !task.status().isFinal() && task.status() != Task.Status.RUNNING
        ? status + ", resumable"
        : status;
  }

  static List<String> lines(Task task, Style style) {
    List<String> lines = new ArrayList<>();
    Table table = new Table("", "");
    table.row("task", task.id());
    table.row("mix", Printable.of(task.name()));
    table.row("state", state(task));
    table.row("phase", task.phase().name().toLowerCase(Locale.ROOT));
    table.row(
        "files",
        Words.number(task.files())
            + (task.entries() > 0 ? " of " + Words.number(task.entries()) : ""));
    table.row("size", Words.bytes(task.bytes()));
    table.row("target", task.targetPath());
    table.row("begun", Words.time(task.createdAt()));
    table.row("changed", Words.time(task.updatedAt()));
    lines.addAll(table.lines(style));
    String error = task.error();
    if (error != null) {
      lines.add(style.bad("stopped: ") + error);
    }
    return lines;
  }
}
