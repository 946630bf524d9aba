package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.report.RunReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = TaskShowCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task show ID [OPTION ...]", ""},
    description = "State, phase, how far it is, what stopped it, and the report per source.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:shown", "  1:the catalogue failed", "  2:no such task"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix task show code-mix", "  admix task show ID --json"})
final class TaskShowCommand extends EngineCommand {
  static final String HEADER = "Show one task and its report.";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The task's id, the beginning of it, or the mix's name (its newest task).")
  private String id = "";

  TaskShowCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Task task = Tasks.find(admix, id);
    @Nullable RunReport report = task.planSha256() == null ? null : admix.mixes().report(task);
    if (options.json) {
      Json.print(console(), TaskJson.task(task, report));
      return ExitCode.DONE;
    }
    TaskText.lines(task, console().outStyle()).forEach(console().out()::println);
    if (report != null) {
      console().out().println();
      new ReportText(console().outStyle()).lines(report).forEach(console().out()::println);
    }
    return ExitCode.DONE;
  }
}
