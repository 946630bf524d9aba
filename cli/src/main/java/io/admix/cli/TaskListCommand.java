package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.core.name.Printable;
import io.admix.engine.Admix;
import io.admix.engine.run.Leftover;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = TaskListCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task list [OPTION ...]", ""},
    description = {
      "Every making of a mix that has not been deleted from the record; and what processes that died have left behind, each with what becomes of it.",
      "",
      "Every run begins with cleaning up: it removes the scratch files of processes that are known to be dead, and plans of tasks that have been over for longer"
          + " than admix.keep-plans. A task that can go on keeps everything; what cannot be proved to be Admix's is listed here and never touched."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:listed", "  1:the catalogue failed"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix task list", "  admix task list --json"})
final class TaskListCommand extends EngineCommand {
  static final String HEADER = "List tasks, newest first.";

  TaskListCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws IOException {
    List<Task> tasks = admix.mixes().tasks();
    List<Leftover> leftovers = admix.mixes().leftovers();
    if (options.json) {
      Json.print(console(), TaskJson.list(tasks, leftovers));
      return ExitCode.DONE;
    }
    print(tasks);
    leftovers.forEach(left ->
        console()
            .out()
            .println("left over: " + Printable.of(left.what()) + ": " + Printable.of(left.why())));
    return ExitCode.DONE;
  }

  private void print(List<Task> tasks) {
    if (tasks.isEmpty()) {
      advise("No task yet. Make a mix: admix run recipe.yaml, or see one made: admix demo");
      return;
    }
    Table table = new Table("id", "name", "state", ">files", ">of", "begun");
    for (Task task : tasks) {
      table.row(
          task.id(),
          task.name(),
          TaskText.state(task),
          Words.number(task.files()),
          Words.number(task.entries()),
          Words.time(task.createdAt()));
    }
    table.lines(console().outStyle()).forEach(console().out()::println);
  }
}
