package io.admix.engine;

import io.admix.engine.settings.ServerSettings;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Below which folders callers of a service may have files read. A folder is judged by its real
 * path, after all symbolic links, and so are the roots. Immutable.
 */
public final class AllowedRoots {
  /** The setting that names them. */
  public static final String SETTING = "admix.allowed-roots";

  /** Everything is allowed: who works on the command line may read what the process may read. */
  public static final AllowedRoots ANY = new AllowedRoots(List.of(), true);

  private final List<Path> roots;
  private final boolean isAny;

  private AllowedRoots(List<Path> roots, boolean isAny) {
    this.roots = List.copyOf(roots);
    this.isAny = isAny;
  }

  /** The data root and the folders that the settings name. */
  public static AllowedRoots of(ServerSettings settings) {
    List<Path> roots = new ArrayList<>(settings.allowedRoots());
    roots.add(settings.dataRoot());
    return new AllowedRoots(roots, false);
  }

  /** These and nothing else. */
  public static AllowedRoots of(List<Path> roots) {
    return new AllowedRoots(roots, false);
  }

  /** Whether everything is allowed. */
  public boolean isAny() {
    return isAny;
  }

  /** Whether a path that is real already lies in one of the roots, or is one. */
  public boolean allows(Path real) {
    return isAny || rootOf(real).isPresent();
  }

  /** The nearest root, as its real path, that holds a path that is real already. */
  public Optional<Path> rootOf(Path real) {
    return realRoots().stream()
        .filter(real::startsWith)
        .max((a, b) -> Integer.compare(a.getNameCount(), b.getNameCount()));
  }

  /**
   * What is wrong with a folder or file, as the end of a sentence that begins with it; empty when
   * it may be read. What is not there is wrong in the same words as what lies elsewhere, so that
   * nobody can try out what is there.
   */
  public Optional<String> problem(Path path) {
    if (isAny) {
      return Optional.empty();
    }
    try {
      if (allows(path.toRealPath())) {
        return Optional.empty();
      }
    } catch (IOException e) {
      // Told below: not there, or not to be seen by this process.
    }
    return Optional.of(
        "is not below a folder that callers may use, or is not there: whoever runs the service names such folders in "
            + SETTING);
  }

  /** An access that opens nothing but folders below the roots. */
  public FileAccess guard(FileAccess access) {
    return isAny ? access : new RootedAccess(access, this);
  }

  private List<Path> realRoots() {
    List<Path> real = new ArrayList<>();
    for (Path root : roots) {
      try {
        real.add(root.toRealPath());
      } catch (IOException e) {
        // A root that is not there holds nothing.
      }
    }
    return real;
  }
}
