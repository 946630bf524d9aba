package io.admix.engine;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Opens folders below allowed roots only, neither what the service keeps for itself nor a mix that
 * may not be read, and by way of their root: what is opened is where it was found to be, even when
 * a folder on the way is replaced by a symbolic link meanwhile.
 */
final class RootedAccess implements FileAccess {
  private final FileAccess access;
  private final AllowedRoots roots;
  private final Predicate<String> mayRead;

  RootedAccess(FileAccess access, AllowedRoots roots, Predicate<String> mayRead) {
    this.access = access;
    this.roots = roots;
    this.mayRead = mayRead;
  }

  @Override
  public Folder open(Path path) throws Fault {
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      throw new Fault("open", Errno.ENOENT, path.toString(), "it is not there, or cannot be seen");
    }
    Optional<Path> root = roots.rootOf(real);
    if (root.isEmpty() || roots.problemOfDataset(path, real, mayRead).isPresent()) {
      throw new Fault(
          "open", Errno.EACCES, path.toString(), "it is not below a folder that callers may use");
    }
    try (Folder top = access.open(root.get())) {
      return top.open(root.get().relativize(real).toString());
    }
  }

  @Override
  public String name() {
    return access.name();
  }

  @Override
  public boolean isSwapSafe() {
    return access.isSwapSafe();
  }

  @Override
  public boolean isAtomicNoReplace() {
    return access.isAtomicNoReplace();
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return access.volume(folder);
  }
}
