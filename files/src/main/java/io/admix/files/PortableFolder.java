package io.admix.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;

/**
 * A folder by its path. Each name and each segment is checked; what happens between check and use
 * is not ruled out.
 */
final class PortableFolder implements Folder {
  private static final long UNKNOWN = -1;
  private static final FileAttribute<?> CLAIM =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

  private final Path path;
  private final String shown;
  private volatile boolean closed;
  private volatile long device = UNKNOWN;

  PortableFolder(Path path, String shown) {
    this.path = path;
    this.shown = shown;
  }

  @Override
  public String path() {
    return shown;
  }

  @Override
  public long mountId() {
    long known = device;
    if (known == UNKNOWN) {
      known = readDevice();
      device = known;
    }
    return known;
  }

  private long readDevice() {
    try {
      return PortableStats.of(path).device();
    } catch (IOException e) {
      // The folder is gone: whatever is done next in it says so by its own fault.
      return UNKNOWN;
    }
  }

  @Override
  public Folder open(String relative) throws Fault {
    requireOpen("open");
    Segments.requireRelative("open", relative);
    Path at = path;
    String shownAt = shown;
    if (!relative.isEmpty()) {
      for (String segment : relative.split("/")) {
        at = below("open", at, segment);
        shownAt = (shownAt.endsWith("/") ? shownAt : shownAt + "/") + segment;
        requireFolder(at, shownAt);
      }
    }
    return new PortableFolder(at, shownAt);
  }

  private static void requireFolder(Path at, String shownAt) throws Fault {
    Stat.Kind kind = io("open", shownAt, () -> PortableStats.of(at)).kind();
    if (kind != Stat.Kind.DIRECTORY) {
      Errno errno = kind == Stat.Kind.SYMLINK ? Errno.ELOOP : Errno.ENOTDIR;
      throw new Fault("open", errno, shownAt, errno.words());
    }
  }

  @Override
  public void makeFolder(String name) throws Fault {
    Path at = at("mkdir", name);
    io("mkdir", shown(name), () -> Files.createDirectory(at));
  }

  @Override
  public Stat stat() throws Fault {
    requireOpen("stat");
    return io("stat", shown, () -> PortableStats.of(path));
  }

  @Override
  public Stat stat(String name) throws Fault {
    Path at = at("stat", name);
    return io("stat", shown(name), () -> PortableStats.of(at));
  }

  /**
   * As there; but a FIFO that takes the file's place between the look at it and the opening is
   * waited for until somebody writes to it: NIO has no opening that does not wait.
   */
  @Override
  public byte[] head(String name, int most) throws Fault {
    return read(name, in -> in.readNBytes(most));
  }

  @Override
  public byte[] digest(String name) throws Fault {
    return read(name, Digests::sha256);
  }

  private byte[] read(String name, Reading reading) throws Fault {
    Stat.Kind kind = stat(name).kind();
    if (kind != Stat.Kind.REGULAR) {
      Errno errno = kind == Stat.Kind.SYMLINK ? Errno.ELOOP : Errno.EINVAL;
      throw new Fault("read", errno, shown(name), "it is " + kind.words());
    }
    Path at = at("read", name);
    return io(
        "read",
        shown(name),
        () -> {
          try (InputStream in = Files.newInputStream(at, LinkOption.NOFOLLOW_LINKS)) {
            return reading.of(in);
          }
        });
  }

  @Override
  public String readLink(String name) throws Fault {
    Path at = at("readlink", name);
    return io("readlink", shown(name), () -> Files.readSymbolicLink(at)).toString();
  }

  @Override
  public void link(Folder source, String sourceName, String name) throws Fault {
    Path from = portable("link", source).at("link", sourceName);
    Path at = at("link", name);
    io("link", shown(name), () -> Files.createLink(at, from));
  }

  @Override
  public void symlink(String text, String name) throws Fault {
    Path at = at("symlink", name);
    Path to = pathOf("symlink", text);
    io("symlink", shown(name), () -> Files.createSymbolicLink(at, to));
  }

  private Path pathOf(String operation, String text) throws Fault {
    try {
      return path.getFileSystem().getPath(text);
    } catch (InvalidPathException e) {
      throw new Fault(operation, Errno.EINVAL, text, e.getReason());
    }
  }

  @Override
  public void reflink(Folder source, String sourceName, String name, Expected expected)
      throws Fault {
    at("reflink", name);
    throw new Fault("reflink", Errno.EOPNOTSUPP, shown(name), "NIO cannot share blocks");
  }

  @Override
  public void copy(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    Path from = portable("copy", source).at("copy", sourceName);
    Path at = at("copy", name);
    try {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new Fault("copy", Errno.EEXIST, shown(name), Errno.EEXIST.words());
      }
      new PortableCopy(from, at, expected).run();
    } catch (IOException e) {
      throw PortableFaults.of("copy", shown(name), e);
    } catch (UnsupportedOperationException e) {
      throw new Fault("copy", Errno.EOPNOTSUPP, shown(name), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void deleteFile(String name) throws Fault {
    delete("unlink", name, Errno.EISDIR);
  }

  @Override
  public void deleteFolder(String name) throws Fault {
    delete("rmdir", name, Errno.ENOTDIR);
  }

  /** {@code Files.delete} removes files and empty folders alike, so the kind is looked at first. */
  private void delete(String operation, String name, Errno wrongKind) throws Fault {
    Path at = at(operation, name);
    boolean isFolder =
        io(operation, shown(name), () -> PortableStats.of(at)).kind() == Stat.Kind.DIRECTORY;
    if (isFolder != (wrongKind == Errno.ENOTDIR)) {
      throw new Fault(operation, wrongKind, shown(name), wrongKind.words());
    }
    io(
        operation,
        shown(name),
        () -> {
          Files.delete(at);
          return at;
        });
  }

  @Override
  public void rename(String name, Folder target, String newName) throws Fault {
    PortableFolder to = portable("rename", target);
    Path from = at("rename", name);
    Path at = to.at("rename", newName);
    io(
        "rename",
        to.shown(newName),
        () -> {
          renameWithoutReplacing(from, at);
          return at;
        });
  }

  private static void renameWithoutReplacing(Path from, Path at) throws IOException {
    if (!PortableStats.hasUnix(at)) {
      // Windows refuses a taken name by itself.
      Files.move(from, at);
    } else if (PortableStats.of(from).kind() == Stat.Kind.DIRECTORY) {
      Files.createDirectory(at, CLAIM);
      try {
        Files.move(from, at, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(at);
        throw e;
      }
    } else {
      Files.createLink(at, from);
      Files.delete(from);
    }
  }

  @Override
  public void list(Visitor visitor) throws Fault {
    requireOpen("list");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        Path name = Objects.requireNonNull(entry.getFileName());
        String text = name.toString();
        // Bytes that are no UTF-8 come back as other bytes.
        boolean decoded = isSame(entry, text);
        visitor.entry(decoded ? text : null, Stat.Kind.OTHER);
      }
    } catch (DirectoryIteratorException e) {
      throw PortableFaults.of("list", shown, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw PortableFaults.of("list", shown, e);
    }
  }

  private boolean isSame(Path entry, String text) {
    try {
      return path.resolve(text).equals(entry);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public void sync() throws Fault {
    requireOpen("fsync");
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows opens no folder as a file: there is nothing to sync by.
      return;
    }
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      Fault fault = PortableFaults.of("fsync", shown, e);
      if (fault.errno() != Errno.EINVAL
          && fault.errno() != Errno.EOPNOTSUPP
          && fault.errno() != Errno.ENOSYS) {
        throw fault;
      }
    }
  }

  /**
   * NIO cannot sync a volume: {@link PortableCopy} has synced each file, and this syncs the folder.
   */
  @Override
  public void syncVolume() throws Fault {
    sync();
  }

  @Override
  public Volume volume() throws Fault {
    requireOpen("statfs");
    return io("statfs", shown, () -> PortableAccess.volumeOf(path));
  }

  /** NIO knows whether it may read, and nothing of flags and projects. */
  @Override
  public Marks marks(String name) throws Fault {
    Path at = at("access", name);
    return new Marks(
        Known.of(Files.isReadable(at)), Known.UNKNOWN, Known.UNKNOWN, -1, Known.UNKNOWN);
  }

  @Override
  public FileBytes bytes() {
    return new PortableBytes(this);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return shown;
  }

  private String shown(String name) {
    return shown + "/" + name;
  }

  Path at(String operation, String name) throws Fault {
    requireOpen(operation);
    Segments.requireName(operation, name);
    return below(operation, path, name);
  }

  private static Path below(String operation, Path folder, String name) throws Fault {
    try {
      Path at = folder.resolve(name);
      if (folder.equals(at.getParent())) {
        return at;
      }
    } catch (InvalidPathException e) {
      throw new Fault(operation, Errno.EINVAL, folder + "/" + name, e.getReason());
    }
    throw new Fault(operation, Errno.EINVAL, folder + "/" + name, "more than one segment here");
  }

  private void requireOpen(String operation) throws Fault {
    if (closed) {
      throw new Fault(operation, Errno.EBADF, shown, "the folder was closed");
    }
  }

  private static PortableFolder portable(String operation, Folder folder) throws Fault {
    if (folder instanceof PortableFolder portable) {
      return portable;
    }
    throw new Fault(operation, Errno.EINVAL, folder.path(), "a folder of another access");
  }

  private static <T> T io(String operation, String subject, Call<T> call) throws Fault {
    try {
      return call.run();
    } catch (IOException e) {
      throw PortableFaults.of(operation, subject, e);
    } catch (UnsupportedOperationException e) {
      throw new Fault(operation, Errno.EOPNOTSUPP, subject, String.valueOf(e.getMessage()));
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException;
  }

  /** What is made of a file's bytes. */
  @FunctionalInterface
  private interface Reading {
    byte[] of(InputStream in) throws IOException;
  }
}
