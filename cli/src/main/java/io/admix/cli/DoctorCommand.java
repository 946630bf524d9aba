package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.doctor.DoctorJson;
import io.admix.engine.doctor.DoctorReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "doctor",
    header = DoctorCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix doctor SOURCE_DIR TARGET_DIR [OPTION ...]", ""},
    description = {
      "Tries hard link, reflink, symbolic link and rename between the two in a scratch folder of the target"
          + " (.admix-doctor-..., removed at the end), and tells mounts, owners, limits, room, and what admix run would therefore do.",
      "",
      "Nothing is written in the source. A trial of a hard link raises the link count of one of its files for a"
          + " moment; that changes the file's ctime, not its bytes, mode, owner or times. TARGET_DIR need not be there:"
          + " then the nearest folder above it is used."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:told",
      "  1:no method at all works",
      "  2:bad usage: no such source, no folder, or one contains the other",
      "130:interrupted; nothing is left"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  admix doctor ~/data/python ~/mixes", "  admix doctor /data /mnt/nas/mixes --json"})
final class DoctorCommand extends EngineCommand {
  static final String HEADER = "Try what can be done between a source and a target folder.";

  @Parameters(index = "0", paramLabel = "SOURCE_DIR", description = "A folder with files.")
  private Path source = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET_DIR", description = "Where a mix would be made.")
  private Path target = Path.of("");

  DoctorCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    DoctorReport report = admix.doctor().examine(context.resolve(source), context.resolve(target));
    if (options.json) {
      Json.print(console(), DoctorJson.of(report));
    } else {
      new DoctorText(console().outStyle()).lines(report).forEach(console().out()::println);
    }
    return report.isHopeless() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
