package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.catalog.CatalogException;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.core.recipe.ObjectLinks;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the datasets and folders of a recipe and says everything that is wrong with them and with
 * the target.
 */
final class SourceResolver {
  /** Names that a near one is looked for in. */
  private static final int NAMES_MOST = 5_000;

  private final Datasets datasets;
  private final PlanRequest request;
  private final List<String> problems = new ArrayList<>();
  private final List<PlanSourceInfo> sources = new ArrayList<>();
  private final Map<Object, Integer> groups = new HashMap<>();
  private final Map<Integer, Integer> salts = new HashMap<>();

  SourceResolver(Datasets datasets, PlanRequest request) {
    this.datasets = datasets;
    this.request = request;
  }

  /**
   * The sources in recipe order.
   *
   * @throws PlanException with every problem
   */
  List<PlanSourceInfo> resolve() throws PlanException {
    List<SourceSpec> specs = request.recipe().sources();
    for (int i = 0; i < specs.size(); i++) {
      resolve(i, specs.get(i));
    }
    checkContainment();
    checkTarget();
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return List.copyOf(sources);
  }

  private void resolve(int index, SourceSpec spec) {
    switch (spec.origin()) {
      case Origin.Dataset origin -> {
        Dataset dataset = dataset(spec, origin.name());
        if (dataset != null) {
          add(index, spec, Place.parse(dataset.path()), dataset, dataset.id());
        }
      }
      case Origin.Folder origin -> {
        Place root =
            Place.isAddress(origin.path())
                ? objects(spec, origin.path())
                : folder(spec, request.folder().resolve(origin.path()).normalize());
        if (root != null) {
          add(index, spec, root, null, root);
        }
      }
    }
  }

  private void add(
      int index, SourceSpec spec, Place root, @Nullable Dataset dataset, Object identity) {
    int group = groups.computeIfAbsent(identity, key -> groups.size());
    int salt = salts.merge(group, 1, Integer::sum);
    sources.add(new PlanSourceInfo(index, spec, root, dataset, group, salt));
  }

  private @Nullable Dataset dataset(SourceSpec spec, String name) {
    try {
      Actor actor = request.scope().actor();
      Optional<Dataset> found = request.scope().dataset(datasets, name);
      if (found.isPresent()) {
        return checkedRoot(spec, found.get());
      }
      List<String> names = datasets.names(actor, NAMES_MOST);
      String hint =
          names.isEmpty()
              ? ": none is registered yet; `admix dataset add NAME DIR` registers a folder"
              : Near.question(name, names);
      problems.add("source `" + spec.name() + "`: there is no dataset `" + name + "`" + hint);
    } catch (CatalogException e) {
      problems.add("source `" + spec.name() + "`: " + e.getMessage());
    }
    return null;
  }

  private @Nullable Dataset checkedRoot(SourceSpec spec, Dataset dataset) {
    if (Place.isAddress(dataset.path()) && Place.isStoredForm(dataset.path())) {
      return objects(spec, dataset.path()) == null ? null : dataset;
    }
    if (!Place.isStoredForm(dataset.path())) {
      problems.add(
          "source `%s`: the catalogue has `%s` as the folder of dataset `%s`, which is not an absolute path in normal form: mend it there"
              .formatted(spec.name(), Printable.of(dataset.path()), dataset.name()));
      return null;
    }
    PlanScope scope = request.scope();
    Optional<String> elsewhere =
        scope.roots().problemOfDataset(Path.of(dataset.path()), id -> scope.maySee(datasets, id));
    if (elsewhere.isPresent()) {
      problems.add(
          "source `%s`: the folder %s of dataset `%s` %s"
              .formatted(spec.name(), dataset.path(), dataset.name(), elsewhere.get()));
      return null;
    }
    if (Files.isDirectory(Path.of(dataset.path()))) {
      return dataset;
    }
    problems.add(
        "source `"
            + spec.name()
            + "`: the folder "
            + dataset.path()
            + " of dataset `"
            + dataset.name()
            + "` is not there, or may not be entered: was it moved? Bring it back, or remove the dataset and register the folder at its new place");
    return null;
  }

  /** Whether anything is there is seen when it is listed, or was when it was registered. */
  private @Nullable Place objects(SourceSpec spec, String address) {
    Place place = Place.parse(address);
    Optional<String> elsewhere = request.scope().roots().problemOfObjects(place.objects());
    if (elsewhere.isPresent()) {
      problems.add("source `%s`: %s %s".formatted(spec.name(), place, elsewhere.get()));
      return null;
    }
    if (!ObjectLinks.fit(request.recipe().link())) {
      problems.add(
          "`link`: "
              + ObjectLinks.problem(
                  request.recipe().link(), "source `%s` (%s)".formatted(spec.name(), place)));
      return null;
    }
    return place;
  }

  private @Nullable Place folder(SourceSpec spec, Path folder) {
    String subject = "source `" + spec.name() + "`: folder " + folder + " ";
    Optional<String> elsewhere = request.scope().roots().problemOfFolder(folder);
    if (elsewhere.isPresent()) {
      problems.add(subject + elsewhere.get());
    } else if (!Files.exists(folder)) {
      problems.add(subject + "is not there");
    } else if (!Files.isDirectory(folder)) {
      problems.add(subject + "is no folder");
    } else if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      problems.add(subject + "may not be read: check its mode and owner");
    } else {
      try {
        return Place.of(folder.toRealPath());
      } catch (IOException e) {
        problems.add(subject + "cannot be resolved: " + e.getMessage());
      }
    }
    return null;
  }

  /** Two folders of which one contains the other, datasets' or not, would give one file twice. */
  private void checkContainment() {
    Map<Path, List<PlanSourceInfo>> byRoot = new HashMap<>();
    checkObjectsApart();
    for (PlanSourceInfo source : onDisk()) {
      byRoot.computeIfAbsent(real(source.root().folder()), root -> new ArrayList<>()).add(source);
    }
    for (PlanSourceInfo inner : onDisk()) {
      Path root = real(inner.root().folder());
      for (Path above = root; above != null; above = above.getParent()) {
        for (PlanSourceInfo outer : byRoot.getOrDefault(above, List.of())) {
          // Two that have one root contain each other: told once.
          if (!above.equals(root) || outer.index() < inner.index()) {
            checkApart(outer, inner);
          }
        }
      }
    }
  }

  private List<PlanSourceInfo> onDisk() {
    return sources.stream().filter(source -> !source.root().isObjects()).toList();
  }

  private void checkObjectsApart() {
    List<PlanSourceInfo> listed =
        sources.stream().filter(source -> source.root().isObjects()).toList();
    for (PlanSourceInfo one : listed) {
      for (PlanSourceInfo other : listed) {
        if (one.index() < other.index() && one.root().overlaps(other.root())) {
          boolean isOuter =
              one.root().objects().prefix().length() <= other.root().objects().prefix().length();
          checkApart(isOuter ? one : other, isOuter ? other : one);
        }
      }
    }
  }

  private void checkApart(PlanSourceInfo outer, PlanSourceInfo inner) {
    if (outer.group() != inner.group()) {
      problems.add(
          "source `%s` (%s) contains source `%s` (%s): a file would be counted twice; use one of them with include and exclude"
              .formatted(outer.name(), outer.root(), inner.name(), inner.root()));
    }
  }

  private void checkTarget() {
    if (request.target().isObjects()) {
      checkObjectTarget();
    } else {
      checkFolderTarget();
    }
  }

  private void checkObjectTarget() {
    if (!ObjectLinks.fit(request.recipe().link())) {
      problems.add(
          "`link`: "
              + ObjectLinks.problem(request.recipe().link(), "the target " + request.target()));
    }
    checkOwnName();
    for (PlanSourceInfo source : sources) {
      if (source.root().overlaps(request.target())) {
        boolean isInside =
            request.target().objects().prefix().startsWith(source.root().objects().prefix());
        addInside(request.target(), source, isInside);
      }
    }
  }

  private void checkOwnName() {
    List<String> names = request.recipe().sources().stream().map(SourceSpec::name).toList();
    ObjectTarget.problemOfNames(request.recipe().layout(), names).ifPresent(problems::add);
  }

  private void addInside(Place target, PlanSourceInfo source, boolean isTargetInside) {
    String at = "source `" + source.name() + "` (" + source.root() + ")";
    problems.add(
        isTargetInside
            ? "target "
                + target
                + " lies inside "
                + at
                + ": choose a target outside of every source"
            : at + " lies inside the target " + target + ": choose another target");
  }

  private void checkFolderTarget() {
    Path target = request.target().folder();
    boolean isFreeNeeded = request.targetCheck() == PlanRequest.TargetCheck.MUST_BE_FREE;
    if (isFreeNeeded && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      problems.add("target " + target + " exists already: give another `target`, or remove it");
    }
    Path existing = existing(target);
    if (!Files.isDirectory(existing)) {
      problems.add("target " + target + " cannot be made: " + existing + " is no folder");
      return;
    }
    Path real =
        existing.equals(target)
            ? real(target)
            : real(existing).resolve(existing.relativize(target));
    for (PlanSourceInfo source : onDisk()) {
      Path root = real(source.root().folder());
      if (real.startsWith(root)) {
        addInside(request.target(), source, true);
      } else if (root.startsWith(real)) {
        addInside(request.target(), source, false);
      }
    }
  }

  /** The nearest folder above a path, or the path itself, that is there. */
  static Path existing(Path path) {
    Path at = path;
    while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      Path above = at.getParent();
      if (above == null) {
        return at;
      }
      at = above;
    }
    return at;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
