package io.admix.engine.run;

import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The root folders of a plan's sources, opened once for all workers; objects have none. */
final class SourceRoots implements AutoCloseable {
  private final FileAccess access;
  private final List<PlanSource> sources;
  private final List<Optional<Folder>> roots;

  private SourceRoots(FileAccess access, List<PlanSource> sources, List<Optional<Folder>> roots) {
    this.access = access;
    this.sources = sources;
    this.roots = roots;
  }

  /**
   * Opens all root folders: a source that is gone as a whole is no fault of single files.
   *
   * @throws HaltedException naming the source that cannot be opened; the task can go on once it is
   *     back
   */
  static SourceRoots open(FileAccess access, List<PlanSource> sources) {
    List<Optional<Folder>> opened = new ArrayList<>();
    for (PlanSource source : sources) {
      try {
        Place place = source.place();
        opened.add(place.isObjects() ? Optional.empty() : Optional.of(access.open(place.folder())));
      } catch (Fault e) {
        opened.forEach(root -> root.ifPresent(Folder::close));
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
    return roots
        .get(source)
        .orElseThrow(() -> new IllegalStateException("source " + source + " is of objects"));
  }

  PlanSource source(int source) {
    return sources.get(source);
  }

  List<PlanSource> all() {
    return sources;
  }

  @Override
  public void close() {
    roots.forEach(root -> root.ifPresent(Folder::close));
  }
}
