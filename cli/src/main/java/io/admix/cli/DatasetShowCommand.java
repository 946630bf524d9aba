package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.dataset.DatasetService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = DatasetShowCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset show NAME [OPTION ...]", ""},
    description =
        "Labels with their most frequent values, sizes by powers of two, files by month of their last change.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:shown", "  1:the catalogue failed", "  2:no such dataset"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix dataset show python", "  admix dataset show python --json"})
final class DatasetShowCommand extends EngineCommand {
  static final String HEADER = "Show what is in a dataset: labels, sizes, ages.";

  @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
  private String name = "";

  DatasetShowCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    DatasetService.Details details = admix.datasets().show(name);
    if (options.json) {
      Json.print(console(), DatasetJson.details(details));
    } else {
      new DistributionText(console().outStyle()).lines(details).forEach(console().out()::println);
    }
    return ExitCode.DONE;
  }
}
