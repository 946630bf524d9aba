package io.admix.files.linux;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import io.admix.files.Volume;
import java.nio.file.Path;

/** The file system by Linux's own calls, relative to directory handles. */
final class LinuxAccess implements FileAccess {
  private final Resolver resolver;

  LinuxAccess(Abi abi) {
    this(new Resolver(abi));
  }

  LinuxAccess(Resolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public String name() {
    return "linux";
  }

  @Override
  public boolean isSwapSafe() {
    return true;
  }

  @Override
  public boolean isAtomicNoReplace() {
    return true;
  }

  @Override
  public Folder open(Path path) throws Fault {
    if (!path.isAbsolute()) {
      throw new Fault("openat", Errno.EINVAL, path.toString(), "not an absolute path");
    }
    return new LinuxFolder(resolver, resolver.openRoot(path.toString()), path.toString());
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return folder.volume();
  }

  /** Whether the calls that all else needs are there: a sandbox may refuse statx(2). */
  boolean works() {
    try (Folder root = open(Path.of("/"))) {
      return root.stat().kind() == Stat.Kind.DIRECTORY;
    } catch (Fault e) {
      return false;
    }
  }
}
