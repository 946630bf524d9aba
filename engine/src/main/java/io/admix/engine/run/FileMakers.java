package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.Placer;

/** Files out of files: the placer, the roots of the sources, and the folders of staging. */
record FileMakers(Placer placer, SourceRoots roots, TargetFolders targets) implements EntryMakers {

  @Override
  public EntryMaker open() {
    return new FileMaker(this);
  }

  @Override
  public long backOffs() {
    return placer.backOffs();
  }

  @Override
  public void close() {
    roots.close();
  }

  /**
   * Absolute path of the source file, in the words of the plan; of a symbolic link that of the file
   * itself, so that a link is never made to a link.
   */
  String sourcePath(PlanEntry entry) {
    String real = entry.realPath();
    if (real != null) {
      return real;
    }
    String root = roots.source(entry.source()).root();
    return root.endsWith("/") ? root + entry.sourcePath() : root + "/" + entry.sourcePath();
  }
}
