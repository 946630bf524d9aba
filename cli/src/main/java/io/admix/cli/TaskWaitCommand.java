package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wait",
    header = TaskWaitCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task wait ID [--timeout SECONDS] [OPTION ...]", ""},
    description =
        "Returns when the task is completed, failed or cancelled, or was left by its runner.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:completed",
      "  1:failed, cancelled, or not over in time",
      "  2:no such task"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix task wait code-mix --timeout 600"})
final class TaskWaitCommand extends EngineCommand {
  static final String HEADER = "Wait until a task is over.";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The task's id, the beginning of it, or the mix's name (its newest task).")
  private String id = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      order = 1,
      defaultValue = "86400",
      description = "Wait at most so long. Default: a day.")
  private long timeoutSeconds;

  TaskWaitCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    if (timeoutSeconds < 0) {
      throw new RefusedException("--timeout " + timeoutSeconds + " must be 0 or more seconds.");
    }
    Task task = admix.mixes().await(Tasks.find(admix, id).id(), Duration.ofSeconds(timeoutSeconds));
    if (options.json) {
      Json.print(console(), TaskJson.task(task, null));
    } else {
      console().out().println(task.name() + ": " + TaskText.state(task));
    }
    return task.status() == Task.Status.COMPLETED ? ExitCode.DONE : ExitCode.FAILED;
  }
}
