package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.export.Exports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "export",
    header = DatasetExportCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset export DIR [NAME ...] [--replace] [OPTION ...]", ""},
    description = {
      "Writes the rows of the datasets NAME, or of all, to Parquet files in DIR: one folder for each dataset, in each some parts of a million rows,"
          + " in the order of their paths. Executors of Spark plan from it; DuckDB, pandas and others read it too."
          + " Each dataset is read in one snapshot, with bounded memory.",
      "",
      "DIR appears whole when the command ends well, else not at all. Its _ADMIX_EXPORT.json tells all parts with their rows and checksums."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:exported",
      "  1:failed: DIR is as before",
      "  2:refused: no such dataset, or DIR is not empty"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix dataset export /shared/catalogue",
      "  admix dataset export /shared/catalogue --replace",
      "  admix dataset export python-only python"
    })
final class DatasetExportCommand extends EngineCommand {
  static final String HEADER = "Write datasets' rows to Parquet, for Spark and others.";

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or empty folder.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "NAME",
      description = "Datasets, by name or id. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--replace", order = 1, description = "Replace the export that DIR holds.")
  private boolean replace;

  @Option(
      names = "--rows-per-part",
      paramLabel = "N",
      order = 2,
      description = "Rows after which a part ends. Default: 1000000.")
  private long rowsPerPart = Exports.ROWS_PER_PART;

  DatasetExportCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    if (rowsPerPart < 1) {
      console().err().println("admix: --rows-per-part must be 1 or more. Nothing was made.");
      return ExitCode.REFUSED;
    }
    Path target = context.resolve(folder);
    Exports.Request request =
        new Exports.Request(
            target, names, replace ? Exports.Existing.REPLACE : Exports.Existing.KEEP, rowsPerPart);
    long began = System.nanoTime();
    ExportManifest made;
    try (ProgressView view = progress()) {
      made =
          admix
              .exports()
              .export(
                  request,
                  (step, dataset, rows, total) ->
                      view.at(
                          step == Exports.Step.READ ? "reading" : "writing", rows, total, dataset));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    if (options.json) {
      Json.print(console(), answer(target, made, seconds));
    } else {
      print(target, made, seconds);
    }
    return ExitCode.DONE;
  }

  private static ObjectNode answer(Path target, ExportManifest made, double seconds) {
    ObjectNode answer = Json.object();
    answer.put("folder", target.toString()).put("exportedAt", made.exportedAt().toString());
    ArrayNode datasets = answer.putArray("datasets");
    for (ExportedDataset dataset : made.datasets()) {
      datasets
          .addObject()
          .put("id", dataset.id())
          .put("name", dataset.name())
          .put("rows", dataset.rows())
          .put("unsafePaths", dataset.unsafePaths())
          .put("parts", dataset.parts().size());
    }
    return answer.put("rows", made.rows()).put("bytes", made.bytes()).put("seconds", seconds);
  }

  private void print(Path target, ExportManifest made, double seconds) {
    Table table = new Table("dataset", ">rows", ">left out", ">parts");
    for (ExportedDataset dataset : made.datasets()) {
      table.row(
          dataset.name(),
          Words.number(dataset.rows()),
          Words.number(dataset.unsafePaths()),
          Words.number(dataset.parts().size()));
    }
    table.lines(console().outStyle()).forEach(console().out()::println);
    console()
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "Exported %s rows to %s: %s, in %s.",
                Words.number(made.rows()),
                target,
                Words.bytes(made.bytes()),
                Words.seconds(seconds)));
    if (made.datasets().stream().anyMatch(dataset -> dataset.unsafePaths() > 0)) {
      advise(
          "Rows were left out because their paths are outside their dataset's folder, not in normal form or reserved.");
    }
  }
}
