package io.admix.engine.run;

import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanHeader.PlanSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Looks again, right before the first thing is made, whether the target lies apart from all
 * sources: a folder above it may have become a symbolic link into one since it was planned.
 */
final class TargetPlace {
  private TargetPlace() {}

  /**
   * @throws HaltedException when what would be made would be made inside a source
   */
  static void requireOutsideSources(PlanHeader header) {
    Path target = header.summary().target().folder();
    Path above = real(Staging.parentOf(target));
    for (PlanSource source : header.sources()) {
      if (source.place().isObjects()) {
        continue;
      }
      if (above.startsWith(real(source.place().folder()))) {
        throw HaltedException.failed(
            false,
            "The target %s lies inside source '%s' (%s) now: a folder above it is a symbolic link that leads there. Choose a target outside of every source; nothing was made."
                .formatted(target, source.name(), source.root()));
      }
    }
  }

  /** The path as it is, as far as it is there. */
  private static Path real(Path path) {
    Path there = path;
    while (there != null) {
      try {
        return there.toRealPath().resolve(there.relativize(path));
      } catch (IOException e) {
        there = there.getParent();
      }
    }
    return path;
  }
}
