package io.admix.engine.doctor;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.doctor.DoctorReport.Between;
import io.admix.engine.doctor.DoctorReport.Finding;
import io.admix.engine.doctor.DoctorReport.Sample;
import io.admix.engine.doctor.DoctorReport.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the facts of an examination mean, and what to do about them. */
final class DoctorNotes {
  private static final long FEW_INODES = 10_000;
  private static final Set<String> QUOTAS =
      Set.of(
          "quota",
          "usrquota",
          "uquota",
          "grpquota",
          "gquota",
          "prjquota",
          "pquota",
          "usrjquota",
          "grpjquota",
          "prjjquota");

  private final DoctorReport report;
  private final List<String> notes = new ArrayList<>();

  private DoctorNotes(DoctorReport report) {
    this.report = report;
  }

  static DoctorReport addedTo(DoctorReport report, SampleFile.Found found) {
    DoctorNotes told = new DoctorNotes(report);
    told.ofSample(found);
    told.ofMounts();
    told.ofLinks();
    told.ofTarget();
    told.ofAccess();
    return report.withNotes(told.notes);
  }

  private void addIf(boolean condition, String format, Object... values) {
    if (condition) {
      notes.add(format.formatted(values));
    }
  }

  private void ofSample(SampleFile.Found found) {
    addIf(
        found.file() == null,
        "No regular file that you may read was found in the source%s: links could not be tried, and the answers are what the mounts say.",
        found.isCut() ? " among the first ones" : "");
    addIf(
        found.unreadable() > 0,
        "%,d of the files and folders that were looked at may not be read by you: such files can be linked where the kernel allows it, but not copied.",
        found.unreadable());
  }

  private void ofMounts() {
    addIf(
        report.between() == Between.SAME_DEVICE,
        "Source and target are one file system seen through two mounts, as with a bind mount: hard links do not cross mounts (EXDEV). Name both through one mount.");
    addIf(
        report.between() == Between.OTHER_DEVICE,
        "Source and target are two file systems: hard links do not go from one to the other (EXDEV). A target on the source's own file system can be linked.");
    ofSide("source", report.source());
    ofSide("target", report.target());
  }

  private void ofSide(String which, Side side) {
    addIf(
        side.isNetwork(),
        "The %s is on a network or FUSE file system (%s): what works is up to the server.",
        which,
        side.fileSystem());
    addIf(
        side.fileSystem().equals("overlay"),
        "The %s is on an overlay: a hard link to a file of a lower layer copies its bytes up first, once per file.",
        which);
  }

  private void ofLinks() {
    DoctorReport.Caller caller = report.caller();
    boolean isBound = Boolean.TRUE.equals(caller.protectedHardlinks()) && !caller.ownsAll();
    Sample sample = report.sample();
    long owner = sample == null ? caller.user() : sample.owner();
    addIf(
        isBound,
        "fs.protected_hardlinks is on: of files that are not yours (user %d), only those that you may both read and write can be hard linked, and none that is setuid; the kernel refuses the others (EPERM).%s",
        caller.user(),
        owner == caller.user() ? "" : " The file that was tried belongs to user " + owner + ".");
    if (sample != null) {
      ofFlags(sample);
      ofProjects(sample.project());
    }
    addIf(
        report.run().method() == LinkMethod.SYMLINK,
        "Symbolic links tie the mix to its sources: they break when those are moved or changed; `link: [copy]` unties them.");
  }

  private void ofFlags(Sample sample) {
    addIf(
        Boolean.TRUE.equals(sample.immutable()),
        "The file that was tried is immutable (chattr +i): no hard link to such a file can be made.");
    addIf(
        Boolean.TRUE.equals(sample.appendOnly()),
        "The file that was tried is append-only (chattr +a): no hard link to such a file can be made.");
    addIf(
        sample.link().equals("FULL"),
        "The file that was tried has as many hard links as its file system allows: the next method takes such files.");
  }

  private void ofProjects(long project) {
    Side target = report.target();
    addIf(
        Boolean.TRUE.equals(target.inheritsProject())
            && project >= 0
            && project != target.project(),
        "What is made in the target belongs to quota project %d, the source's file to project %d: hard links between projects are refused (EXDEV).",
        target.project(),
        project);
  }

  private void ofTarget() {
    Side target = report.target();
    addIf(
        !target.isThere(),
        "The target %s is not there yet; all was tried in %s.",
        target.path(),
        report.triedIn());
    addIf(target.isReadOnly(), "The target is mounted read-only: nothing can be made there.");
    boolean hasQuotas = false;
    for (String option : target.options().split(",", -1)) {
      int equals = option.indexOf('=');
      hasQuotas |= QUOTAS.contains(equals < 0 ? option : option.substring(0, equals));
    }
    addIf(
        hasQuotas,
        "Quotas are on at the target: a limit of yours may be reached before the room that is shown%s.",
        Boolean.TRUE.equals(target.inheritsProject())
            ? ", which is that of project " + target.project()
            : "");
    long inodes = report.limits().inodesFree();
    addIf(
        inodes >= 0 && inodes < FEW_INODES,
        "Few inodes are left at the target (%,d): each copy, symbolic link and folder takes one, a hard link none.",
        inodes);
    addIf(
        Boolean.TRUE.equals(report.limits().foldsCase()),
        "Names that differ only in case are one name at the target: a mix with two such names is refused when it is planned.");
  }

  private void ofAccess() {
    DoctorReport.Access access = report.access();
    addIf(
        !access.isSwapSafe(),
        "The portable access is used: a folder that somebody swaps for a link during a run is not noticed; errors, mounts and flags are known in part.");
    addIf(
        !access.isAtomicNoReplace(),
        "The portable access publishes by claiming the final name with mkdir and renaming over it, and syncs file by file.");
    addIf(
        isNo(access.openat2()),
        "openat2 is refused here: folders are opened segment by segment, which is as safe and slower.");
    addIf(
        isNo(access.renameat2()),
        "The target knows no rename without replacing: the final name is claimed with mkdir, then staging is renamed over that empty folder.");
    addIf(
        isNo(access.syncfs()),
        "syncfs does not work at the target: a mix cannot be made durable in one call, and publishing fails.");
    Finding rename = report.rename();
    addIf(
        rename.answer() == DoctorReport.Answer.REFUSED,
        "A folder could not be renamed at the target, as publishing does: %s",
        rename.why());
  }

  private static boolean isNo(@Nullable Boolean answer) {
    return Boolean.FALSE.equals(answer);
  }
}
