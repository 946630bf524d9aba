package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.ProbeFolder;
import io.admix.files.RealFiles;
import io.admix.files.Stat;
import io.admix.files.Tried;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries the methods of a recipe between one chosen file of a source and a scratch folder where the
 * target will be. What a trial does not settle stays as the mounts foretell it.
 */
final class MethodTrials {
  /** Faults that are the same for every file of two mounts. */
  private static final Set<Errno> OF_MOUNTS =
      EnumSet.of(Errno.EXDEV, Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENOSYS);

  private final FileAccess access;
  private final List<LinkMethod> order;
  private final ProbeFolder scratch;

  MethodTrials(FileAccess access, List<LinkMethod> order, ProbeFolder scratch) {
    this.access = access;
    this.order = order;
    this.scratch = scratch;
  }

  /** What works for the files of a source, {@code expected} corrected by trial. */
  SourceMethods run(PlanSourceInfo source, SourceLinks links, SourceMethods expected) throws Fault {
    try (Folder root = access.open(source.root().folder())) {
      Set<LinkMethod> works = EnumSet.noneOf(LinkMethod.class);
      SourceLinks.Sample sample = links.anySample();
      if (sample == null) {
        return expected;
      }
      boolean isSettled = false;
      for (LinkMethod method : order) {
        SourceLinks.Sample own = isSettled ? null : sampleFor(method, links, sample);
        if (own == null) {
          addIf(works, method, expected.works().contains(method));
        } else if (works(method, root, own, source, expected)) {
          works.add(method);
          isSettled = method != LinkMethod.HARDLINK || areAllFree(links);
        }
      }
      return new SourceMethods(
          works, linksDoubtful(root, links, source, works), expected.sharesBlocks());
    }
  }

  /** A link of a file that is itself refused tells nothing of the others. */
  private static SourceLinks.@Nullable Sample sampleFor(
      LinkMethod method, SourceLinks links, SourceLinks.Sample any) {
    return method == LinkMethod.HARDLINK ? links.sample(Verdict.FREE) : any;
  }

  private static boolean areAllFree(SourceLinks links) {
    return links.count(Verdict.FREE).files() == links.files();
  }

  private static void addIf(Set<LinkMethod> works, LinkMethod method, boolean isExpected) {
    if (isExpected) {
      works.add(method);
    }
  }

  private boolean linksDoubtful(
      Folder root, SourceLinks links, PlanSourceInfo source, Set<LinkMethod> works) {
    SourceLinks.Sample sample = links.sample(Verdict.DOUBTFUL);
    if (sample == null || !works.contains(LinkMethod.HARDLINK)) {
      return true;
    }
    Tried tried = trial(LinkMethod.HARDLINK, root, sample, source);
    return tried == null
        || tried.isWorking()
        || !isOfMounts(LinkMethod.HARDLINK, tried, root, sample);
  }

  private boolean works(
      LinkMethod method,
      Folder root,
      SourceLinks.Sample sample,
      PlanSourceInfo source,
      SourceMethods expected) {
    Tried tried = trial(method, root, sample, source);
    if (tried == null || !tried.isWorking() && !isOfMounts(method, tried, root, sample)) {
      return expected.works().contains(method);
    }
    return tried.isWorking();
  }

  private @Nullable Tried trial(
      LinkMethod method, Folder root, SourceLinks.Sample sample, PlanSourceInfo source) {
    try (Folder folder = folderOf(root, sample)) {
      Stat stat = folder.stat(sample.fileName());
      String path = sample.path(source.root().folder()).toString();
      return stat.isRegular()
          ? scratch.tryMethod(method, folder, sample.fileName(), path, stat)
          : null;
    } catch (Fault e) {
      // The file is gone or out of reach by now: nothing is learnt from it.
      return null;
    }
  }

  /** The folder that holds the file itself, where the sample is a link to it. */
  private Folder folderOf(Folder root, SourceLinks.Sample sample) throws Fault {
    String real = sample.realPath();
    if (real == null) {
      return root.open(sample.folder());
    }
    try (RealFiles files = new RealFiles(access)) {
      return files.folderOf(real).open("");
    }
  }

  private boolean isOfMounts(
      LinkMethod method, Tried tried, Folder root, SourceLinks.Sample sample) {
    Errno errno = tried.errno();
    if (!tried.isRefused() || errno == null) {
      return false;
    }
    return switch (method) {
      case HARDLINK ->
          OF_MOUNTS.contains(errno) || errno == Errno.EPERM && !forbidsLinks(root, sample);
      case SYMLINK -> OF_MOUNTS.contains(errno) || errno == Errno.EPERM;
      case REFLINK -> OF_MOUNTS.contains(errno);
      case COPY -> false;
    };
  }

  /** An immutable file is refused for itself, not for the others. */
  private boolean forbidsLinks(Folder root, SourceLinks.Sample sample) {
    try (Folder folder = folderOf(root, sample)) {
      return folder.marks(sample.fileName()).forbidsLinks();
    } catch (Fault e) {
      return true;
    }
  }
}
