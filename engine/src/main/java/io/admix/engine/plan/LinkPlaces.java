package io.admix.engine.plan;

import io.admix.catalog.Datasets;
import io.admix.files.Fault;
import io.admix.files.RealFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where symbolic links of a catalogue may lead: below the folder of the dataset itself; for callers
 * of a service, below the allowed roots, though in no mix of somebody else; on the command line,
 * below the folder of another dataset that is registered. Used by one thread.
 */
final class LinkPlaces implements EntryStats.LinkJudge {
  private static final int KNOWN_MAX = 1_000;

  private final Datasets datasets;
  private final PlanScope scope;
  private final Map<Path, Path> realRoots = new HashMap<>();
  private final Map<Path, Boolean> known = new HashMap<>();

  LinkPlaces(Datasets datasets, PlanScope scope) {
    this.datasets = datasets;
    this.scope = scope;
  }

  /**
   * @param real path of the file, after all links
   */
  @Override
  public boolean allows(PlanSourceInfo source, Path real) {
    if (real.startsWith(realRoot(source.root().folder()))) {
      return true;
    }
    Path folder = real.getParent();
    if (folder == null) {
      return false;
    }
    if (known.size() > KNOWN_MAX) {
      known.clear();
    }
    return known.computeIfAbsent(folder, this::isPlace);
  }

  private boolean isPlace(Path folder) {
    if (!scope.roots().isAny()) {
      return scope.roots().allows(folder)
          && scope.roots().datasetAt(folder).map(id -> scope.maySee(datasets, id)).orElse(true);
    }
    List<String> above = new ArrayList<>();
    for (Path at = folder; at != null; at = at.getParent()) {
      above.add(at.toString());
    }
    return datasets.hasFolder(scope.actor(), above);
  }

  private Path realRoot(Path root) {
    return realRoots.computeIfAbsent(root, LinkPlaces::real);
  }

  private static Path real(Path root) {
    try {
      return RealFiles.resolve(root);
    } catch (Fault e) {
      return root;
    }
  }
}
