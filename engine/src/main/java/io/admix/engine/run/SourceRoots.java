package io.admix.engine.run;

import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.util.ArrayList;
import java.util.List;

/** The root folders of a plan's sources, opened once for all workers. */
final class SourceRoots implements AutoCloseable {
  private final FileAccess access;
  private final List<PlanSource> sources;
  private final List<Folder> roots;

  private SourceRoots(FileAccess access, List<PlanSource> sources, List<Folder> roots) {
    this.access = access;
    this.sources = sources;
    this.roots = roots;
  }

  /**
   * Opens all roots: a source that is gone as a whole is no fault of single files.
   *
   * @throws HaltedException naming the source that cannot be opened; the task can go on once it is
   *     back
   */
  static SourceRoots open(FileAccess access, List<PlanSource> sources) {
    List<Folder> opened = new ArrayList<>();
    for (PlanSource source : sources) {
      try {
        opened.add(access.open(source.place().folder()));
      } catch (Fault e) {
        opened.forEach(Folder::close);
        throw HaltedException.failed(
            true,
            "The folder of source '%s' cannot be opened: %s. Bring it back, then resume; nothing was removed."
                .formatted(source.name(), e.getMessage()));
      }
    }
    return new SourceRoots(access, List.copyOf(sources), opened);
  }

  /** How files are reached. */
  FileAccess access() {
    return access;
  }

  Folder root(int source) {
    return roots.get(source);
  }

  PlanSource source(int source) {
    return sources.get(source);
  }

  List<PlanSource> all() {
    return sources;
  }

  @Override
  public void close() {
    roots.forEach(Folder::close);
  }
}
