package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.TaskFailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    header = TaskResumeCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task resume ID [OPTION ...]", ""},
    description =
        "Goes on from its sealed plan; what is placed already is not placed again. The recipe's file is not needed.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:published",
      "  1:failed",
      "  2:no such task, or it cannot go on",
      "  4:published, with files skipped (on-error: skip)",
      "130:interrupted by Ctrl-C (143: SIGTERM); resumable"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix task resume code-mix"})
final class TaskResumeCommand extends EngineCommand {
  static final String HEADER = "Go on with an interrupted or failed task.";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The task's id, the beginning of it, or the mix's name (its newest task).")
  private String id = "";

  TaskResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Running running = new Running(context, options);
    String taskId = Tasks.find(admix, id).id();
    RunReport report;
    try (ProgressView view = progress()) {
      report =
          admix.mixes().resume(taskId, Running.listener(view), context.interruption().stopForRun());
    } catch (TaskFailedException e) {
      running.failed(admix, e);
      throw e;
    }
    return running.report(report);
  }
}
