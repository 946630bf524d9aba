package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.dataset.DatasetService;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    header = DatasetAddCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix dataset add NAME DIR [OPTION ...]", ""},
    description = {
      "Walks DIR and records each regular file: path, size, time, and labels if there are any. The folder is not changed."
          + " Symbolic links, sockets, FIFOs and names that are no UTF-8 are passed over and counted."
          + " The dataset is there whole when the command ends well, else not at all.",
      "",
      "Of s3://bucket/prefix the objects are listed, and size, time and entity tag recorded; keys that are no path of a file are passed"
          + " over and counted. Store and credentials: see docs/s3.md. --checksum is refused there.",
      "",
      "A tags file has one JSON object per line: \"path\" (or \"file_name\") below DIR; \"tags\", a list of DataMate"
          + " tag objects; \"tagsUpdatedAt\"; \"metadata\". Every other key is a label when its value is a short text, a number, true,"
          + " false, or a list of these; longer texts and objects are kept as metadata. The metadata.jsonl of an ImageFolder works."
          + " A tags file inside DIR is not itself registered."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:registered",
      "  1:failed: the folder could not be read to its end",
      "  2:refused: taken name, no such folder, a line of the tags file that does not parse"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix dataset add python ~/data/py",
      "  admix dataset add photos ~/photos --tags ~/photos/metadata.jsonl --type IMAGE",
      "  admix dataset add pages ~/crawl --labels-from-folders --checksum",
      "  admix dataset add crawl s3://corpora/crawl-2026 --labels-from-folders"
    })
final class DatasetAddCommand extends EngineCommand {
  static final String HEADER = "Register a folder as a dataset.";

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The dataset's name, unique in the catalogue.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "The folder, or s3://bucket/prefix.")
  private String folder = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      order = 1,
      description =
          "TEXT, IMAGE, AUDIO, VIDEO or OTHER. Default: told by the extensions of most files.")
  private @Nullable String type;

  @Option(
      names = "--tags",
      paramLabel = "FILE",
      order = 2,
      description = "Labels of the files, JSON Lines.")
  private @Nullable Path tags;

  @Option(
      names = "--labels-from-folders",
      order = 3,
      description = "Give each file the label folder = the first folder of its path.")
  private boolean labelsFromFolders;

  @Option(names = "--checksum", order = 4, description = "Read every byte and record sha-256.")
  private boolean checksum;

  DatasetAddCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    DatasetService.AddRequest request =
        new DatasetService.AddRequest(
            name,
            Places.of(context, folder),
            type,
            tags == null ? null : context.resolve(tags),
            labelsFromFolders
                ? DatasetService.FolderLabels.FIRST_FOLDER
                : DatasetService.FolderLabels.NONE,
            checksum ? DatasetService.Checksums.SHA256 : DatasetService.Checksums.NONE);
    DatasetService.Added added;
    try (ProgressView view = progress()) {
      added = admix.datasets().add(request, DatasetProgress.on(view));
    }
    DatasetText.added(console(), options, added, "Registered");
    advise("Next: admix dataset show " + name + ", or name it in a recipe: dataset: " + name);
    return ExitCode.DONE;
  }
}
