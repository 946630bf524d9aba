package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.engine.Admix;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = DatasetListCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset list [OPTION ...]", ""},
    description = "All datasets of the catalogue by name: registered folders and published mixes.",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:listed", "  1:the catalogue failed"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix dataset list", "  admix dataset list --json"})
final class DatasetListCommand extends EngineCommand {
  static final String HEADER = "List datasets.";

  DatasetListCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) {
    List<Dataset> datasets = admix.datasets().list();
    if (options.json) {
      Json.print(console(), DatasetJson.list(datasets));
      return ExitCode.DONE;
    }
    Table table = new Table("name", "type", ">files", ">size", "made by", "folder");
    for (Dataset dataset : datasets) {
      table.row(
          dataset.name(),
          dataset.type(),
          Words.number(dataset.files()),
          Words.bytes(dataset.bytes()),
          DatasetText.maker(dataset),
          dataset.path());
    }
    if (datasets.isEmpty()) {
      advise(
          "No dataset yet. Register a folder: admix dataset add NAME DIR. Or see one made: admix demo");
    } else {
      table.lines(console().outStyle()).forEach(console().out()::println);
    }
    return ExitCode.DONE;
  }
}
