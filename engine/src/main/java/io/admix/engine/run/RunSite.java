package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Placer;
import io.admix.files.PlacingStoppedException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Places runs of a task on behalf of the process that has it: with the same code, in its staging
 * folder, where others may be placing the same runs at the same instant. Used by one thread.
 */
public final class RunSite implements AutoCloseable {
  private final SourceRoots roots;
  private final Folder staging;
  private final PlacingSite site;
  private final RunPlacer placer;

  /**
   * What the process that has the task tells. Of Java's serialisation, for it goes to other
   * machines.
   *
   * @param staging absolute path of the folder in which the mix grows
   * @param stagingInode by which it is known
   * @param order allowed methods, the best first
   * @param boot of the machine of that process, or ""
   */
  public record Facts(
      String staging,
      long stagingInode,
      List<Root> roots,
      List<LinkMethod> order,
      OnError onError,
      String boot)
      implements Serializable {
    /** Whether this machine is the one of the process that has the task, in the same boot. */
    public boolean isSameBoot() {
      return !boot.isEmpty() && boot.equals(RunnerIdentity.bootId());
    }
  }

  /** The root folder of a source, and its inode where the task is. */
  public record Root(String source, String path, long inode) implements Serializable {}

  /** A folder is not what the process that has the task sees: nothing was placed. */
  public static final class MountMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MountMissingException(String message) {
      super(message);
    }
  }

  private RunSite(SourceRoots roots, Folder staging, Facts facts, Runnable mayGoOn) {
    this.roots = roots;
    this.staging = staging;
    EntryMakers makers =
        new FileMakers(
            Placer.amongOthers(facts.order(), mayGoOn), roots, new TargetFolders(staging));
    this.site = new PlacingSite(makers, facts.onError(), PlacingSite.Attempt.RESUMED, mayGoOn);
    this.placer = new RunPlacer(site);
  }

  /**
   * Opens sources and staging, and looks whether they are the ones that are meant.
   *
   * @param mayGoOn called before each file; what it throws passes through {@link #place}
   * @throws MountMissingException when a folder is not there, or is another one
   */
  public static RunSite open(FileAccess access, Facts facts, Runnable mayGoOn)
      throws MountMissingException {
    List<PlanSource> sources =
        facts.roots().stream().map(r -> new PlanSource(r.source(), r.path(), null, null)).toList();
    Folder staging = openSame(access, "The staging folder", facts.staging(), facts.stagingInode());
    try {
      SourceRoots roots = openRoots(access, sources);
      try {
        for (int i = 0; i < sources.size(); i++) {
          Root root = facts.roots().get(i);
          String what = "The folder of source '" + root.source() + "'";
          requireSame(roots.root(i), what, root.path(), root.inode());
        }
        return new RunSite(roots, staging, facts, mayGoOn);
      } catch (MountMissingException | RuntimeException e) {
        roots.close();
        throw e;
      }
    } catch (MountMissingException | RuntimeException e) {
      staging.close();
      throw e;
    }
  }

  private static SourceRoots openRoots(FileAccess access, List<PlanSource> sources)
      throws MountMissingException {
    try {
      return SourceRoots.open(access, sources);
    } catch (HaltedException e) {
      throw new MountMissingException(String.valueOf(e.getMessage()));
    }
  }

  private static Folder openSame(FileAccess access, String what, String path, long inode)
      throws MountMissingException {
    try {
      Folder folder = access.open(Path.of(path));
      try {
        requireSame(folder, what, path, inode);
        return folder;
      } catch (MountMissingException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (Fault e) {
      throw new MountMissingException("%s cannot be opened: %s.".formatted(what, e.getMessage()));
    }
  }

  private static void requireSame(Folder folder, String what, String path, long inode)
      throws MountMissingException {
    try {
      long found = folder.stat().inode();
      if (found != inode) {
        throw new MountMissingException(
            "%s %s is another folder there (inode %d, expected %d)."
                .formatted(what, path, found, inode));
      }
    } catch (Fault e) {
      throw new MountMissingException(
          "%s cannot be looked at: %s.".formatted(what, e.getMessage()));
    }
  }

  /**
   * Places every entry of a run; what is there already is found again.
   *
   * @param number of the run
   * @throws PlacingStoppedException when nothing more can be placed; what was made stays
   */
  public List<EntryResult> place(long number, List<PlanEntry> entries)
      throws PlacingStoppedException {
    String folder = entries.isEmpty() ? "" : entries.getFirst().targetFolder();
    PlanRun run = new PlanRun(number, -1, folder, entries.size(), 0, 0);
    return placer.place(run, entries).results();
  }

  /** Whether a file failed under {@code on-error: fail}, so that no more runs are to be begun. */
  public boolean isFailing() {
    return site.isFailing();
  }

  /** Makes what was placed durable; the process that has the task cannot do that for us. */
  public void makeDurable() throws Fault {
    staging.syncVolume();
  }

  @Override
  public void close() {
    placer.close();
    roots.close();
    staging.close();
  }
}
