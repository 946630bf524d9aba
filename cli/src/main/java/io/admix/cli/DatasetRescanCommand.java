package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.dataset.DatasetService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rescan",
    header = DatasetRescanCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset rescan NAME [--checksum] [OPTION ...]", ""},
    description =
        "Brings the dataset up to date with its folder. Files that stay keep their labels; gone ones leave; new ones get the label of their folder if the dataset was added with --labels-from-folders, else none."
            + " The tags file that it was added with is neither read again nor registered."
            + " A file of the same size and time keeps its checksum; a changed or new one has none, unless --checksum reads all again. All or nothing.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:up to date",
      "  1:failed: the dataset is as before",
      "  2:refused: no such dataset, or it is a mix"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix dataset rescan python", "  admix dataset rescan python --checksum"})
final class DatasetRescanCommand extends EngineCommand {
  static final String HEADER = "Read a registered folder again.";

  @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
  private String name = "";

  @Option(names = "--checksum", order = 1, description = "Read every byte and record sha-256.")
  private boolean checksum;

  DatasetRescanCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    DatasetService.Added added;
    try (ProgressView view = progress()) {
      added =
          admix
              .datasets()
              .rescan(
                  name,
                  checksum ? DatasetService.Checksums.SHA256 : DatasetService.Checksums.NONE,
                  DatasetProgress.on(view));
    }
    DatasetText.added(console(), options, added, "Read again");
    return ExitCode.DONE;
  }
}
