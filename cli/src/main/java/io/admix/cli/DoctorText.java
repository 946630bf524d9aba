package io.admix.cli;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.doctor.DoctorReport;
import io.admix.engine.doctor.DoctorReport.Answer;
import io.admix.engine.doctor.DoctorReport.Finding;
import io.admix.engine.doctor.DoctorReport.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code doctor} for people. */
final class DoctorText {
  private static final String UNKNOWN = "not known";

  private final Style style;

  DoctorText(Style style) {
    this.style = style;
  }

  List<String> lines(DoctorReport report) {
    List<String> lines = new ArrayList<>(sides(report));
    lines.add("");
    lines.addAll(methods(report));
    lines.add("");
    lines.addAll(facts(report));
    lines.add("");
    lines.add(run(report));
    report.notes().forEach(note -> lines.add(style.warning("note: ") + note));
    return lines;
  }

  private List<String> sides(DoctorReport report) {
    Table table = new Table("", "source", "target");
    Side source = report.source();
    Side target = report.target();
    table.row("folder", source.path(), target.path() + (target.isThere() ? "" : " (not there)"));
    table.row("file system", fileSystem(source), fileSystem(target));
    table.row("mount", mount(source), mount(target));
    table.row("quota project", project(source), project(target));
    return table.lines(style);
  }

  private static String fileSystem(Side side) {
    return side.fileSystem()
        + (side.mountSource().isEmpty() ? "" : " on " + side.mountSource())
        + (side.isNetwork() ? ", network or FUSE" : "")
        + (side.isReadOnly() ? ", read-only" : "");
  }

  private static String mount(Side side) {
    return orUnknown(side.mountPoint())
        + (side.mountId() < 0 ? "" : " (mount " + side.mountId() + ")");
  }

  private static String project(Side side) {
    if (side.project() < 0) {
      return UNKNOWN;
    }
    return side.project() + (Boolean.TRUE.equals(side.inheritsProject()) ? ", inherited" : "");
  }

  private List<String> methods(DoctorReport report) {
    Table table = new Table("tried", "", "");
    report.methods().forEach((method, finding) -> row(table, method.word(), finding));
    row(table, "rename", report.rename());
    return table.lines(style);
  }

  private static void row(Table table, String what, Finding finding) {
    String answer =
        switch (finding.answer()) {
          case WORKS -> "works";
          case REFUSED -> "no";
          case UNKNOWN -> "?";
        };
    table.row(what, answer, finding.why());
  }

  private List<String> facts(DoctorReport report) {
    DoctorReport.Limits limits = report.limits();
    DoctorReport.Access access = report.access();
    Table table = new Table("", "");
    table.row("between", between(report.between()));
    table.row(
        "room",
        Words.bytes(limits.bytesFree())
            + ", "
            + (limits.inodesFree() < 0 ? "inodes " + UNKNOWN : inodes(limits.inodesFree())));
    table.row("names", names(limits));
    table.row("links", links(limits.links()));
    table.row("tried with", sample(report.sample()));
    table.row("you", you(report.caller()));
    table.row("access", access(access));
    return table.lines(style);
  }

  private static String between(DoctorReport.Between between) {
    return switch (between) {
      case SAME_MOUNT -> "one mount";
      case SAME_DEVICE -> "one device, two mounts";
      case OTHER_DEVICE -> "two file systems";
    };
  }

  private static String inodes(long count) {
    return Words.number(count) + (count == 1 ? " inode" : " inodes");
  }

  private static String names(DoctorReport.Limits limits) {
    String bytes =
        limits.nameBytes() < 0
            ? "longest " + UNKNOWN
            : "up to " + Words.number(limits.nameBytes()) + " bytes";
    Boolean folds = limits.foldsCase();
    return bytes
        + ", upper and lower case "
        + (folds == null ? UNKNOWN : folds ? "are one" : "differ");
  }

  private static String links(long limit) {
    if (limit < 0) {
      return "most per file " + UNKNOWN;
    }
    return limit == Long.MAX_VALUE
        ? "any number per file"
        : "up to " + Words.number(limit) + " per file";
  }

  private static String sample(DoctorReport.@Nullable Sample sample) {
    return sample == null
        ? "no file"
        : "%s (%s, mode %s, owner %d, %s, project %s)"
            .formatted(
                sample.path(),
                Words.bytes(sample.bytes()),
                sample.mode(),
                sample.owner(),
                sample.links() == 1 ? "1 link" : Words.number(sample.links()) + " links",
                sample.project() < 0 ? UNKNOWN : Long.toString(sample.project()));
  }

  private static String you(DoctorReport.Caller caller) {
    return (caller.user() < 0 ? "user " + UNKNOWN : "user " + caller.user())
        + ", fs.protected_hardlinks "
        + word(caller.protectedHardlinks(), "on", "off")
        + (caller.ownsAll() ? ", which does not bind you" : "");
  }

  private static String access(DoctorReport.Access access) {
    return "%s: openat2 %s, renameat2 %s, syncfs %s"
        .formatted(
            access.name(),
            word(access.openat2(), "works", "refused"),
            word(access.renameat2(), "works", "refused"),
            word(access.syncfs(), "works", "refused"));
  }

  private static String word(@Nullable Boolean answer, String yes, String no) {
    return answer == null ? UNKNOWN : answer ? yes : no;
  }

  private String run(DoctorReport report) {
    LinkMethod method = report.run().method();
    String order = String.join(", ", report.run().order().stream().map(LinkMethod::word).toList());
    if (method != null) {
      return "admix run, by default [" + order + "], uses " + style.bold(method.word()) + ".";
    }
    boolean isRefused =
        report.run().order().stream().allMatch(tried -> report.answer(tried) == Answer.REFUSED);
    return isRefused
        ? style.bad("admix run can make nothing here by its default [" + order + "].")
        : "admix run takes the first of [" + order + "] that works, told by a file to try with.";
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }
}
