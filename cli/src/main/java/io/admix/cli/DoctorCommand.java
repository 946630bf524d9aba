package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.doctor.DoctorJson;
import io.admix.engine.doctor.DoctorReport;
import io.admix.engine.doctor.ObjectReport;
import io.admix.engine.doctor.ObjectReportJson;
import io.admix.engine.place.Place;
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
          + " then the nearest folder above it is used.",
      "",
      "Where one of them is s3://bucket/prefix, it is tried what the store heeds: scratch objects below _ADMIX/ of the target are"
          + " made and removed."
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
    footer = {
      "  admix doctor ~/data/python ~/mixes",
      "  admix doctor /data /mnt/nas/mixes --json",
      "  admix doctor s3://corpora/crawl s3://training/mixes"
    })
final class DoctorCommand extends EngineCommand {
  static final String HEADER = "Try what can be done between a source and a target folder.";

  @Parameters(
      index = "0",
      paramLabel = "SOURCE_DIR",
      description = "A folder with files, or s3://bucket/prefix.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET_DIR",
      description = "Where a mix would be made: a folder, or s3://bucket/prefix.")
  private String target = "";

  DoctorCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Place from = Places.of(context, source);
    Place to = Places.of(context, target);
    if (from.isObjects() || to.isObjects()) {
      return told(admix.objectDoctor().examine(from, to));
    }
    DoctorReport report = admix.doctor().examine(from.folder(), to.folder());
    if (options.json) {
      Json.print(console(), DoctorJson.of(report));
    } else {
      new DoctorText(console().outStyle()).lines(report).forEach(console().out()::println);
    }
    return report.isHopeless() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private int told(ObjectReport report) {
    if (options.json) {
      Json.print(console(), ObjectReportJson.of(report));
    } else {
      new ObjectReportText(console().outStyle()).lines(report).forEach(console().out()::println);
    }
    return report.isHopeless() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
