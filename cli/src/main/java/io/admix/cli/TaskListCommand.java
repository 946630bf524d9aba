package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List tasks, newest first.",
    synopsisHeading = "",
    customSynopsis = {"  admix task list [OPTION ...]", ""},
    description = "Every making of a mix that has not been deleted from the record.",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:listed", "  1:the catalogue failed"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix task list", "  admix task list --json"})
final class TaskListCommand extends EngineCommand {
  TaskListCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) {
    List<Task> tasks = admix.mixes().tasks();
    if (options.json) {
      Json.print(console(), TaskJson.list(tasks));
      return ExitCode.DONE;
    }
    if (tasks.isEmpty()) {
      advise("No task yet. Make a mix: admix run recipe.yaml, or see one made: admix demo");
      return ExitCode.DONE;
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
    return ExitCode.DONE;
  }
}
