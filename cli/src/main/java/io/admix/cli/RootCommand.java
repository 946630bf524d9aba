package io.admix.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "admix",
    version = "admix 0.1.0",
    header = {"Composes training datasets by ratio.", ""},
    synopsisHeading = "",
    customSynopsis = {"  admix [GLOBAL OPTION ...] COMMAND [OPTION ...]", ""},
    description = {
      "Given datasets and a recipe (how much of each, filtered how), Admix selects files at random but reproducibly,"
          + " places them by hard link, reflink, symlink or copy, records where each came from, and publishes the mix in one step:"
          + " whole, or not at all."
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:failed (verify: any problem)",
      "  2:bad usage or recipe, taken name, existing target; nothing was made",
      "  3:infeasible: the sources cannot give what is asked; nothing was made",
      "  4:completed, with files skipped (on-error: skip)",
      "130:interrupted by Ctrl-C; resumable",
      "143:interrupted by SIGTERM; resumable"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix demo                          a real mix, start to report, in seconds",
      "  admix dataset add python ~/data/py  register a folder",
      "  admix plan recipe.yaml              what would be taken; makes nothing",
      "  admix run recipe.yaml               make the mix",
      "  admix run --help                    more on one command, and the global options",
      "  admix help settings                 every setting, its default and range"
    })
final class RootCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  RootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return CommandLine.ExitCode.USAGE;
  }
}
