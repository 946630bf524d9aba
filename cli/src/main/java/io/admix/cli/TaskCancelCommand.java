package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.run.Cancelled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    header = TaskCancelCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task cancel ID [OPTION ...]", ""},
    description =
        "A task that somebody runs is asked to stop, and cleaned by its runner. Otherwise its files, rows and claims are removed now. Sources are never touched.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:cancelled, or asked to stop",
      "  1:failed",
      "  2:no such task, or it is over or publishing"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix task cancel code-mix"})
final class TaskCancelCommand extends EngineCommand {
  static final String HEADER = "Give a task up; what it made is removed.";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The task's id, the beginning of it, or the mix's name (its newest task).")
  private String id = "";

  TaskCancelCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Cancelled cancelled = admix.mixes().cancel(Tasks.find(admix, id).id());
    Task task = cancelled.task();
    if (options.json) {
      Json.print(console(), TaskJson.task(task, null));
    } else {
      console().out().println(task.name() + ": " + TaskText.state(task));
    }
    if (!cancelled.left().isEmpty()) {
      console().err().println(cancelled.left());
    }
    return ExitCode.DONE;
  }
}
