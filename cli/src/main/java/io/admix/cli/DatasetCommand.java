package io.admix.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "dataset",
    header = DatasetCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset COMMAND [OPTION ...]", ""},
    description =
        "A dataset is a folder of files with their sizes, times and labels. Registering never changes the folder.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix dataset add python ~/data/py --labels-from-folders",
      "  admix dataset list",
      "  admix dataset show python"
    })
final class DatasetCommand implements Callable<Integer> {
  static final String HEADER = "Register folders as datasets; list, show and remove them.";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  private boolean help;

  DatasetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.REFUSED;
  }
}
