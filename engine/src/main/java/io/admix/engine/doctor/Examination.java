package io.admix.engine.doctor;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.doctor.DoctorReport.Answer;
import io.admix.engine.doctor.DoctorReport.Between;
import io.admix.engine.doctor.DoctorReport.Finding;
import io.admix.engine.doctor.DoctorReport.Side;
import io.admix.files.Abilities;
import io.admix.files.Caller;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Known;
import io.admix.files.LinkLimits;
import io.admix.files.LinkRules;
import io.admix.files.Marks;
import io.admix.files.MethodForecast;
import io.admix.files.MountFacts;
import io.admix.files.ProbeFolder;
import io.admix.files.Tried;
import io.admix.files.Volume;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at two folders. */
final class Examination {
  private final FileAccess access;
  private final Path source;
  private final Path target;
  private final Path triedIn;
  private final Caller caller = Caller.current();
  private final Map<LinkMethod, Finding> methods = new EnumMap<>(LinkMethod.class);
  private Finding rename = new Finding(Answer.UNKNOWN, "", "not tried");
  private Known foldsCase = Known.UNKNOWN;
  private Abilities abilities = Abilities.UNKNOWN;

  /**
   * @param triedIn the target, or the nearest folder above it that is there
   */
  Examination(FileAccess access, Path source, Path target, Path triedIn) {
    this.access = access;
    this.source = source;
    this.target = target;
    this.triedIn = triedIn;
  }

  DoctorReport run() throws Fault, InterruptedException {
    try (Folder from = access.open(source);
        Folder to = access.open(triedIn)) {
      SampleFile.Found found = SampleFile.find(from);
      tryAll(from, to, found.file());
      return report(from, to, found);
    }
  }

  private void tryAll(Folder from, Folder to, @Nullable SampleFile sample)
      throws Fault, InterruptedException {
    ProbeFolder made;
    try {
      made = ProbeFolder.make(to);
    } catch (Fault e) {
      for (LinkMethod method : LinkMethod.values()) {
        methods.put(method, refused(e));
      }
      rename = refused(e);
      return;
    }
    try (ProbeFolder scratch = made) {
      for (LinkMethod method : LinkMethod.values()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the examination was interrupted");
        }
        methods.put(method, tryMethod(method, from, to, sample, scratch));
      }
      rename = finding(scratch.tryRename());
      foldsCase = scratch.foldsCase();
      abilities = scratch.folder().abilities();
    }
  }

  private static Finding refused(Fault fault) {
    return new Finding(
        Answer.REFUSED,
        fault.errno().name(),
        "nothing can be made in the target: " + fault.getMessage());
  }

  private Finding tryMethod(
      LinkMethod method, Folder from, Folder to, @Nullable SampleFile sample, ProbeFolder scratch)
      throws Fault {
    if (sample == null) {
      return forecast(method, from, to);
    }
    try (Folder folder = from.open(sample.folder())) {
      return finding(
          scratch.tryMethod(
              method,
              folder,
              sample.name(),
              source.resolve(sample.path()).toString(),
              sample.stat()));
    }
  }

  /** Without a file that could be linked, the mounts are asked. */
  private static Finding forecast(LinkMethod method, Folder from, Folder to) throws Fault {
    return new Finding(
        Answer.UNKNOWN,
        "",
        MethodForecast.isExpected(method, from, to)
            ? "not tried for want of a file; the mounts allow it"
            : "not tried for want of a file; the mounts do not allow it");
  }

  private static Finding finding(Tried tried) {
    Answer answer =
        switch (tried.state()) {
          case WORKS -> Answer.WORKS;
          case REFUSED -> Answer.REFUSED;
          case UNKNOWN -> Answer.UNKNOWN;
        };
    Errno errno = tried.errno();
    return new Finding(answer, errno == null ? "" : errno.name(), tried.words());
  }

  private DoctorReport report(Folder from, Folder to, SampleFile.Found found) throws Fault {
    Volume volume = to.volume();
    MountFacts mount = to.mount();
    Marks marks = found.file() == null ? Marks.UNKNOWN : marksOf(from, found.file());
    DoctorReport.Sample sample = found.file() == null ? null : sample(from, found.file(), marks);
    DoctorReport bare =
        new DoctorReport(
            side(from, source, true),
            side(to, target, target.equals(triedIn)),
            triedIn.toString(),
            between(from, to),
            sample,
            new DoctorReport.Caller(
                caller.user(), caller.ownsAll(), answer(caller.protectedHardlinks())),
            new LinkedHashMap<>(methods),
            rename,
            new DoctorReport.Limits(
                volume.bytesFree(),
                volume.inodesFree(),
                LinkLimits.of(volume.type()),
                mount.nameMax(),
                answer(foldsCase)),
            new DoctorReport.Access(
                access.name(),
                access.isSwapSafe(),
                access.isAtomicNoReplace(),
                answer(abilities.resolvesBeneath()),
                answer(abilities.renamesWithoutReplacing()),
                answer(abilities.syncsVolume())),
            new DoctorReport.Run(LinkMethod.DEFAULT_ORDER, firstThatWorks()),
            List.of());
    return DoctorNotes.addedTo(bare, found);
  }

  private @Nullable LinkMethod firstThatWorks() {
    for (LinkMethod method : LinkMethod.DEFAULT_ORDER) {
      Finding finding = methods.get(method);
      if (finding != null && finding.answer() == Answer.WORKS) {
        return method;
      }
    }
    return null;
  }

  private static Marks marksOf(Folder from, SampleFile file) throws Fault {
    try (Folder folder = from.open(file.folder())) {
      return folder.marks(file.name());
    }
  }

  private DoctorReport.Sample sample(Folder from, SampleFile file, Marks marks) throws Fault {
    LinkRules rules = new LinkRules(caller, LinkLimits.of(from.volume().type()));
    return new DoctorReport.Sample(
        source.resolve(file.path()).toString(),
        file.stat().size(),
        file.stat().owner(),
        "%04o".formatted(file.stat().mode()),
        file.stat().links(),
        rules.of(file.stat()).name(),
        marks.project(),
        answer(marks.immutable()),
        answer(marks.appendOnly()));
  }

  private static Side side(Folder folder, Path path, boolean isThere) throws Fault {
    Volume volume = folder.volume();
    MountFacts mount = folder.mount();
    Marks marks = folder.marks();
    return new Side(
        path.toString(),
        isThere,
        // statfs does not tell FUSE file systems and ext versions apart.
        mount.type().isEmpty() ? volume.type() : mount.type(),
        volume.isNetwork(),
        volume.isReadOnly(),
        mount.id(),
        mount.point(),
        mount.source(),
        mount.options(),
        marks.project(),
        answer(marks.inheritsProject()));
  }

  private static Between between(Folder from, Folder to) throws Fault {
    if (from.mountId() == to.mountId()) {
      return Between.SAME_MOUNT;
    }
    boolean isOneDevice = from.stat().device() == to.stat().device();
    return isOneDevice ? Between.SAME_DEVICE : Between.OTHER_DEVICE;
  }

  private static @Nullable Boolean answer(Known known) {
    return switch (known) {
      case YES -> true;
      case NO -> false;
      case UNKNOWN -> null;
    };
  }
}
