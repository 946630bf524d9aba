package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    header = TaskDeleteCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task delete ID [OPTION ...]", ""},
    description =
        "A finished task's record goes, and the dataset stays. An unfinished one is cancelled first.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:deleted", "  1:failed", "  2:no such task"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix task delete ID"})
final class TaskDeleteCommand extends EngineCommand {
  static final String HEADER = "Delete a task's record; its dataset stays.";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The task's id, the beginning of it, or the mix's name (its newest task).")
  private String id = "";

  TaskDeleteCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Task task = Tasks.find(admix, id);
    String left = admix.mixes().delete(task.id());
    if (options.json) {
      Json.print(console(), Json.object().put("deleted", task.id()));
    } else {
      console().out().println("Deleted task " + task.id() + " of " + task.name() + ".");
    }
    if (!left.isEmpty()) {
      console().err().println(left);
    }
    return ExitCode.DONE;
  }
}
