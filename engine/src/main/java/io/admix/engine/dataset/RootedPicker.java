package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.core.name.Printable;
import io.admix.engine.AllowedRoots;
import io.admix.engine.FieldsException;
import io.admix.engine.FieldsException.FieldProblem;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Segments;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists folders by way of their root, by handles: a folder on the way that is replaced by a
 * symbolic link meanwhile leads nowhere.
 */
final class RootedPicker implements FolderPicker {
  private final Catalog catalog;
  private final FileAccess access;
  private final AllowedRoots roots;

  RootedPicker(Catalog catalog, FileAccess access, AllowedRoots roots) {
    this.catalog = catalog;
    this.access = access;
    this.roots = roots;
  }

  @Override
  public List<Path> roots() {
    return roots.named();
  }

  @Override
  public Listing list(Actor actor, String folder, @Nullable String after) throws FieldsException {
    Path real = real(folder);
    Path root = roots.rootOf(real).orElseThrow(() -> elsewhere(folder));
    Entries entries = new Entries(real, after == null ? "" : after);
    try (Folder top = access.open(root);
        Folder opened = top.open(root.relativize(real).toString())) {
      opened.list((name, kind) -> entries.add(opened, name, kind));
    } catch (Fault e) {
      throw unreadable(folder, e);
    }
    return listing(actor, root, real, entries);
  }

  private Listing listing(Actor actor, Path root, Path real, Entries entries) {
    List<String> names = entries.names.stream().limit(FOLDERS_MOST).toList();
    Map<String, String> datasets = datasets(actor, real, names);
    List<SubFolder> folders = new ArrayList<>();
    for (String name : names) {
      Path path = real.resolve(name);
      folders.add(new SubFolder(name, path, datasets.get(path.toString())));
    }
    return new Listing(
        root,
        real,
        roots
            .problemOfFolder(real)
            .map(problem -> "The folder " + real + " " + problem + ".")
            .orElse(null),
        datasets.get(real.toString()),
        folders,
        entries.files,
        entries.names.size() > FOLDERS_MOST ? names.getLast() : null);
  }

  /** Path to name of a dataset; of several in one folder the first by name. */
  private Map<String, String> datasets(Actor actor, Path folder, List<String> names) {
    List<String> paths =
        Stream.concat(
                Stream.of(folder.toString()),
                names.stream().map(name -> folder.resolve(name).toString()))
            .toList();
    return catalog.datasets().inFolders(actor, paths).stream()
        .collect(Collectors.toMap(Dataset::path, Dataset::name, (first, second) -> first));
  }

  private Path real(String folder) throws FieldsException {
    try {
      Path path = Path.of(folder.strip());
      if (!path.isAbsolute()) {
        throw refused(
            "The folder %s is no absolute path: it begins with / or with one of the roots."
                .formatted(Printable.of(folder)));
      }
      // A path elsewhere is not asked of the disk: that may wake, or wait for, what is mounted
      // there.
      if (!roots.mayLieBelow(path)) {
        throw elsewhere(folder);
      }
      Path real = path.toRealPath();
      if (roots.shown().test(real)) {
        return real;
      }
    } catch (InvalidPathException e) {
      throw refused("%s is no path on this system.".formatted(Printable.of(folder)));
    } catch (IOException e) {
      // What is not there is answered as what lies elsewhere.
    }
    throw elsewhere(folder);
  }

  private static FieldsException elsewhere(String folder) {
    return refused(
        "The folder %s is not below a folder that callers may use, or is not there: whoever runs the service names such folders in %s."
            .formatted(Printable.of(folder), AllowedRoots.SETTING));
  }

  private static FieldsException unreadable(String folder, Fault fault) {
    if (fault.errno() == Errno.EACCES || fault.errno() == Errno.EPERM) {
      return refused(
          "The folder %s cannot be read by the service: mend its permissions."
              .formatted(Printable.of(folder)));
    }
    return fault.errno() == Errno.ENOTDIR
        ? refused("%s is no folder.".formatted(Printable.of(folder)))
        : refused(
            "The folder %s cannot be listed: %s."
                .formatted(Printable.of(folder), fault.getMessage()));
  }

  private static FieldsException refused(String problem) {
    return new FieldsException(List.of(new FieldProblem("folder", problem)));
  }

  /** Names of sub-folders after one, in order; of those no more than one listing and one. */
  private final class Entries {
    private final Path folder;
    private final String after;
    private final TreeSet<String> names = new TreeSet<>();
    private final Predicate<Path> shown = roots.shown();
    private long files;

    Entries(Path folder, String after) {
      this.folder = folder;
      this.after = after;
    }

    void add(Folder opened, @Nullable String name, Stat.Kind told) throws Fault {
      if (name == null || name.startsWith(Segments.OWN_PREFIX)) {
        return;
      }
      Stat.Kind kind = told == Stat.Kind.OTHER ? kind(opened, name) : told;
      if (kind == Stat.Kind.REGULAR) {
        files++;
      } else if (kind == Stat.Kind.DIRECTORY && name.compareTo(after) > 0) {
        keep(name);
      }
    }

    private void keep(String name) {
      if (names.size() > FOLDERS_MOST && name.compareTo(names.last()) > 0
          || !shown.test(folder.resolve(name))) {
        return;
      }
      names.add(name);
      if (names.size() > FOLDERS_MOST + 1) {
        names.pollLast();
      }
    }

    /** Some file systems do not say in a listing; what has gone meanwhile is nothing. */
    private static Stat.Kind kind(Folder opened, String name) {
      try {
        return opened.stat(name).kind();
      } catch (Fault e) {
        return Stat.Kind.OTHER;
      }
    }
  }
}
