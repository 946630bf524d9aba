package io.admix.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The file system by NIO alone. A folder is a path here, not a handle: whoever can swap a folder
 * for a link between two calls is not kept out, and publishing a folder is check-then-rename on
 * some platforms. {@link #isSwapSafe} and {@link #isAtomicNoReplace} say so.
 */
final class PortableAccess implements FileAccess {
  static final PortableAccess INSTANCE = new PortableAccess();

  private static final Set<String> NETWORK_TYPES =
      Set.of(
          "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "9p", "lustre", "gpfs", "afs", "afpfs",
          "webdav");

  private PortableAccess() {}

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public boolean isSwapSafe() {
    return false;
  }

  @Override
  public boolean isAtomicNoReplace() {
    return false;
  }

  @Override
  public Folder open(Path path) throws Fault {
    if (!path.isAbsolute()) {
      throw new Fault("open", Errno.EINVAL, path.toString(), "not an absolute path");
    }
    try {
      Path real = path.toRealPath();
      if (!Files.isDirectory(real)) {
        throw new Fault("open", Errno.ENOTDIR, path.toString(), Errno.ENOTDIR.words());
      }
      return new PortableFolder(real, path.toString());
    } catch (IOException e) {
      throw PortableFaults.of("open", path.toString(), e);
    }
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return folder.volume();
  }

  static Volume volumeOf(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    String type = store.type();
    String lower = type.toLowerCase(Locale.ROOT);
    boolean network = NETWORK_TYPES.contains(lower) || lower.startsWith("fuse");
    return new Volume(type, network, store.isReadOnly(), store.getUsableSpace(), -1);
  }
}
