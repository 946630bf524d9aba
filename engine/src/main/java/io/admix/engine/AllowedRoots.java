package io.admix.engine;

import io.admix.core.name.SafeNames;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import io.admix.files.object.ObjectPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Below which folders callers of a service may have files read: those that a setting names, and the
 * data root; never what the service keeps for itself. A folder is judged by its real path, after
 * all symbolic links, and so are the roots. Immutable.
 */
public final class AllowedRoots {
  /** The setting that names them. */
  public static final String SETTING = "admix.allowed-roots";

  /** The setting that names places of objects. */
  public static final String SETTING_OF_OBJECTS = "admix.s3.allowed";

  /** Everything is allowed: who works on the command line may read what the process may read. */
  public static final AllowedRoots ANY =
      new AllowedRoots(List.of(), List.of(), List.of(), List.of(), true);

  private static final String ELSEWHERE =
      "is not below a folder that callers may use, or is not there: whoever runs the service names such folders in "
          + SETTING;

  private final List<Path> roots;
  private final List<Path> withheld;
  private final List<Path> dataRoot;
  private final List<ObjectPlace> places;
  private final boolean isAny;

  private AllowedRoots(
      List<Path> roots,
      List<Path> withheld,
      List<Path> dataRoot,
      List<ObjectPlace> places,
      boolean isAny) {
    this.places = places;
    this.roots = roots;
    this.withheld = withheld;
    this.dataRoot = dataRoot;
    this.isAny = isAny;
  }

  /** What the settings allow; home and state folder are withheld even where a root holds them. */
  public static AllowedRoots of(Settings settings) {
    Path data = settings.server().dataRoot();
    List<Path> roots = new ArrayList<>(settings.server().allowedRoots());
    roots.add(data);
    return new AllowedRoots(
        List.copyOf(roots),
        List.of(settings.home(), settings.stateDir()),
        List.of(data),
        settings.s3().allowed(),
        false);
  }

  /** Whether everything is allowed. */
  public boolean isAny() {
    return isAny;
  }

  /** Whether what has this real path may be read. */
  public boolean allows(Path real) {
    return isAny || rootOf(real).isPresent() && !isWithheld(real);
  }

  /**
   * The folders that the setting names, as real paths, in its order: where callers begin to look
   * for a folder. Without those that are not there, and those that the service keeps for itself.
   */
  public List<Path> named() {
    List<Path> data = real(dataRoot);
    return real(roots).stream()
        .distinct()
        .filter(root -> !data.contains(root) && !isWithheld(root))
        .toList();
  }

  /**
   * Which folders a caller is shown when he looks for one to register: those below what the setting
   * names that are neither the service's own nor among its mixes. Asked of real paths, after all
   * links; the roots are as they are now.
   */
  public Predicate<Path> shown() {
    List<Path> named = named();
    List<Path> own = real(withheld);
    List<Path> data = real(dataRoot);
    return real ->
        named.stream().anyMatch(real::startsWith)
            && !isWithheld(real, own, data)
            && data.stream().noneMatch(real::startsWith);
  }

  /**
   * Whether an absolute path begins with a root as it is named or as it really is, before any link
   * on the way is followed: where none is touched that does not. What does is still to be judged by
   * its real path.
   */
  public boolean mayLieBelow(Path path) {
    Path plain = path.normalize();
    return isAny
        || Stream.concat(roots.stream().map(Path::normalize), real(roots).stream())
            .anyMatch(plain::startsWith);
  }

  /** The nearest root, as its real path, that holds a path that is real already. */
  public Optional<Path> rootOf(Path real) {
    return real(roots).stream()
        .filter(real::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount));
  }

  /** The data root may lie in what is withheld. */
  private boolean isWithheld(Path real) {
    return isWithheld(real, real(withheld), real(dataRoot));
  }

  private static boolean isWithheld(Path real, List<Path> withheld, List<Path> data) {
    return withheld.stream()
        .filter(real::startsWith)
        .anyMatch(
            own -> data.stream().noneMatch(root -> root.startsWith(own) && real.startsWith(root)));
  }

  /**
   * What is wrong with a file, or with the folder of a dataset, as the end of a sentence that
   * begins with it; empty when it may be read. What is not there is wrong in the same words as what
   * lies elsewhere, so that nobody can try out what is there.
   */
  public Optional<String> problem(Path path) {
    if (isAny) {
      return Optional.empty();
    }
    List<Path> found = real(List.of(path));
    return found.isEmpty() ? Optional.of(ELSEWHERE) : problemOfReal(found.getFirst());
  }

  private Optional<String> problemOfReal(Path real) {
    if (rootOf(real).isEmpty()) {
      return Optional.of(ELSEWHERE);
    }
    boolean isOwn = isWithheld(real) || real(withheld).stream().anyMatch(o -> o.startsWith(real));
    return isOwn
        ? Optional.of("holds what the service keeps for itself, or lies in it")
        : Optional.empty();
  }

  /** As {@link #problem}, for a place of objects. */
  public Optional<String> problemOfObjects(ObjectPlace place) {
    boolean isBelow =
        places.stream()
            .anyMatch(allowed ->
                place.bucket().equals(allowed.bucket())
                    && place.prefix().startsWith(allowed.prefix()));
    return isAny || isBelow
        ? Optional.empty()
        : Optional.of(
            "is not below a place of objects that callers may use: whoever runs the service names such places in "
                + SETTING_OF_OBJECTS);
  }

  /**
   * As {@link #problem}, for a folder that a caller names himself: the mixes in the data root have
   * owners, and are reached as datasets only.
   */
  public Optional<String> problemOfFolder(Path folder) {
    Optional<String> problem = problem(folder);
    if (isAny || problem.isPresent()) {
      return problem;
    }
    for (Path real : real(List.of(folder))) {
      if (real(dataRoot).stream().anyMatch(data -> data.startsWith(real))) {
        return Optional.of("holds the mixes of this service");
      }
      if (datasetAt(real).isPresent()) {
        return Optional.of("is a mix of this service, or part of one: name the dataset instead");
      }
    }
    return Optional.empty();
  }

  /**
   * As {@link #problem}, for the folder of a dataset, which may have been replaced by a symbolic
   * link since it was registered: what lies in a mix that may not be read is as what is not there.
   *
   * @param mayRead whether the dataset of this id may be read
   */
  public Optional<String> problemOfDataset(Path folder, Predicate<String> mayRead) {
    if (isAny) {
      return Optional.empty();
    }
    List<Path> found = real(List.of(folder));
    return found.isEmpty()
        ? Optional.of(ELSEWHERE)
        : problemOfDataset(folder, found.getFirst(), mayRead);
  }

  /** A folder that has always held the data root was registered by whoever runs the service. */
  Optional<String> problemOfDataset(Path folder, Path real, Predicate<String> mayRead) {
    boolean isOfAll =
        !real.equals(folder) && real(dataRoot).stream().anyMatch(data -> data.startsWith(real));
    boolean isAnothers = datasetAt(real).filter(id -> !mayRead.test(id)).isPresent();
    return isOfAll || isAnothers ? Optional.of(ELSEWHERE) : problemOfReal(real);
  }

  /** The id of the dataset in whose folder of the data root a real path lies, if in any. */
  public Optional<String> datasetAt(Path real) {
    return real(dataRoot).stream()
        .filter(data -> real.startsWith(data) && !real.equals(data))
        .map(data -> data.relativize(real).getName(0).toString())
        .filter(name -> name.startsWith(SafeNames.RESERVED_PREFIX) || isId(name))
        .findFirst();
  }

  private static boolean isId(String name) {
    try {
      return UUID.fromString(name).toString().equalsIgnoreCase(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * An access that opens nothing but folders below the roots, and no mix that may not be read.
   *
   * @param mayRead whether the dataset of this id may be read
   */
  public FileAccess guard(FileAccess access, Predicate<String> mayRead) {
    return isAny ? access : new RootedAccess(access, this, mayRead);
  }

  /** Without those that are not there: they hold nothing. */
  private static List<Path> real(List<Path> paths) {
    List<Path> real = new ArrayList<>();
    for (Path path : paths) {
      try {
        real.add(path.toRealPath());
      } catch (IOException e) {
        // Nothing is below it.
      }
    }
    return real;
  }
}
