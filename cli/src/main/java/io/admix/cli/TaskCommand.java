package io.admix.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "task",
    header = TaskCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix task COMMAND [OPTION ...]", ""},
    description =
        "A task is one making of a mix. admix run starts it; an interrupted one goes on where it was.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  admix task list", "  admix task resume ID", "  admix task cancel ID"})
final class TaskCommand implements Callable<Integer> {
  static final String HEADER = "List, show, resume, cancel and delete tasks.";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  private boolean help;

  TaskCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.REFUSED;
  }
}
