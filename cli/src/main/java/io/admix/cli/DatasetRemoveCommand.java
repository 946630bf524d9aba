package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.engine.Admix;
import io.admix.engine.dataset.DatasetService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    header = DatasetRemoveCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset remove NAME [--files [--yes]] [OPTION ...]", ""},
    description =
        "Takes the dataset out of the catalogue. Its files stay. With --files the files of a mix that Admix made are deleted too: only those that"
            + " are still what was published (inode, size, time); then folders that are empty. A folder that was registered is never touched."
            + " A removal that was interrupted is finished by the same command; until then the mix is not seen, and its name is not free.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:removed",
      "  1:failed",
      "  2:refused: no such dataset, not confirmed, or --files on what is no mix"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix dataset remove python", "  admix dataset remove code-mix --files"})
final class DatasetRemoveCommand extends EngineCommand {
  static final String HEADER = "Unregister a dataset; delete the files of a mix only when told.";

  @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
  private String name = "";

  @Option(names = "--files", order = 1, description = "Delete the files of the mix too.")
  private boolean files;

  @Option(
      names = {"-y", "--yes"},
      order = 2,
      description = "Do not ask.")
  private boolean yes;

  DatasetRemoveCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    DatasetService service = admix.datasets();
    if (files && !yes && isMix(service)) {
      DatasetService.Details details = service.show(name);
      Question.confirm(
          console(),
          "Delete "
              + Words.files(details.dataset().files())
              + " ("
              + Words.bytes(details.dataset().bytes())
              + ") in "
              + details.dataset().path()
              + "?");
    }
    long deleted;
    try (ProgressView view = progress()) {
      deleted =
          service.remove(
              name,
              files ? DatasetService.Files.DELETE : DatasetService.Files.KEEP,
              DatasetProgress.on(view));
    }
    if (options.json) {
      Json.print(console(), DatasetJson.removed(name, deleted));
    } else {
      console()
          .out()
          .println(
              "Removed "
                  + name
                  + (files
                      ? "; deleted " + Words.files(deleted) + "."
                      : " from the catalogue; its files are untouched."));
    }
    return ExitCode.DONE;
  }

  /** What is no mix is refused by the engine, so nobody need be asked. */
  private boolean isMix(DatasetService service) {
    return service.list().stream()
        .anyMatch(d -> d.name().equals(name) && d.kind() == Dataset.Kind.MIXED);
  }
}
