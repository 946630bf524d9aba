package io.admix.engine.run;

import io.admix.files.Claim;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The name under which a dataset appears. Whatever holds it already is never replaced. */
final class FinalName {
  private static final Set<Errno> TAKEN = EnumSet.of(Errno.EEXIST, Errno.ENOTEMPTY, Errno.ENOTDIR);

  private final Folder parent;
  private final Path path;
  private final String name;

  FinalName(Folder parent, Path path) {
    this.parent = parent;
    this.path = path;
    this.name = String.valueOf(path.getFileName());
  }

  /**
   * Renames the staging folder to this name.
   *
   * @throws HaltedException when it cannot be had: staging keeps its own name
   */
  void giveTo(String staging, Stat ours) {
    try {
      rename(staging, ours);
    } catch (Fault e) {
      if (TAKEN.contains(e.errno())) {
        throw taken(staging);
      }
      throw HaltedException.failed(
          true,
          "The finished dataset could not get its final name: %s. Nothing is published, everything placed is in %s/%s; mend the cause, then resume."
              .formatted(e.getMessage(), parent.path(), staging));
    }
  }

  /**
   * A publish that was killed between claim and rename has left its claim, an empty folder with a
   * mark, which is taken away.
   */
  private void rename(String staging, Stat ours) throws Fault {
    try {
      parent.rename(staging, parent, name);
    } catch (Fault taken) {
      if (!TAKEN.contains(taken.errno()) || !Claim.takeAway(parent, name, ours)) {
        throw taken;
      }
      parent.rename(staging, parent, name);
    }
  }

  /**
   * An empty folder without the mark of a claim is told and not removed: some network file systems
   * keep no modes, and somebody else may have made it.
   */
  private HaltedException taken(String staging) {
    String advice =
        isEmptyFolder()
            ? "The target %s is an empty folder, as an interrupted publish leaves it on some network file systems, or somebody else made it. Remove it if nobody needs it (rmdir %1$s), then resume: everything placed is in %s/%s."
            : "The target %s appeared while the dataset was made; it was not touched. Move it away, then resume: everything placed is in %s/%s.";
    return HaltedException.failed(true, advice.formatted(path, parent.path(), staging));
  }

  private boolean isEmptyFolder() {
    try {
      if (parent.stat(name).kind() != Stat.Kind.DIRECTORY) {
        return false;
      }
      try (Folder there = parent.open(name)) {
        return Staging.namesIn(there, 1).isEmpty();
      }
    } catch (Fault e) {
      return false;
    }
  }

  /** Syncs the folder that holds the name. */
  void makeDurable() {
    try {
      parent.sync();
    } catch (Fault e) {
      throw HaltedException.failed(
          true,
          "The dataset stands whole at %s, but its name could not be made durable: %s. It is not registered yet; check the device, then resume."
              .formatted(path, e.getMessage()));
    }
  }
}
