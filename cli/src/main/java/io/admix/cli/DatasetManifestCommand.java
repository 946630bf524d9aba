package io.admix.cli;

import io.admix.engine.Admix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "manifest",
    header = DatasetManifestCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset manifest NAME [OPTION ...]", ""},
    description =
        "One JSON object per line: where each file is, where it came from, how it was placed. With and without --json.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:printed", "  1:failed", "  2:no such dataset, or no mix"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix dataset manifest code-mix > manifest.jsonl"})
final class DatasetManifestCommand extends EngineCommand {
  static final String HEADER = "Print the manifest of a published mix.";

  @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
  private String name = "";

  DatasetManifestCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    admix.datasets().manifest(name, console().out());
    return ExitCode.DONE;
  }
}
