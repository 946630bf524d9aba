package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.admix.files.Abilities;
import io.admix.files.Claim;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileBytes;
import io.admix.files.Folder;
import io.admix.files.Marks;
import io.admix.files.MountFacts;
import io.admix.files.Segments;
import io.admix.files.SourceChangedException;
import io.admix.files.Stat;
import io.admix.files.Volume;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A folder by its handle, which stays on the same folder whatever becomes of its path. */
final class LinuxFolder implements Folder {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_EMPTY_PATH = 0x1000;

  private final Resolver resolver;
  private final Abi abi;
  private final Handle handle;
  private final String path;
  private volatile LinuxFacts.@Nullable Place place;

  LinuxFolder(Resolver resolver, int fd, String path) {
    this.resolver = resolver;
    this.abi = resolver.abi;
    this.handle = new Handle(resolver, fd, path);
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long mountId() {
    return place().mount();
  }

  @Override
  public long deviceId() {
    return place().device();
  }

  private LinuxFacts.Place place() {
    LinuxFacts.Place known = place;
    if (known == null) {
      known = LinuxFacts.place(abi, handle);
      place = known;
    }
    return known;
  }

  @Override
  public Folder open(String relative) throws Fault {
    Segments.requireRelative("openat2", relative);
    String shown = relative.isEmpty() ? path : (path.equals("/") ? "" : path) + "/" + relative;
    int fd = handle.enter("openat2");
    try {
      return new LinuxFolder(resolver, resolver.openBelow(fd, relative, shown), shown);
    } finally {
      handle.leave();
    }
  }

  @Override
  public void makeFolder(String name) throws Fault {
    makeFolder(name, 0777);
  }

  private void makeFolder(String name, int mode) throws Fault {
    Segments.requireName("mkdirat", name);
    int fd = handle.enter("mkdirat");
    try {
      Scratch scratch = Scratch.get();
      check(
          "mkdirat",
          name,
          Syscalls.call(scratch, abi.mkdirat, fd, scratch.first("mkdirat", name), mode));
    } finally {
      handle.leave();
    }
  }

  @Override
  public Stat stat() throws Fault {
    int fd = handle.enter("statx");
    try {
      Scratch scratch = Scratch.get();
      statHere(scratch, fd, 0);
      return Statx.read(scratch.statx);
    } finally {
      handle.leave();
    }
  }

  private void statHere(Scratch scratch, int fd, int extra) throws Fault {
    LinuxFaults.check("statx", path, statx(scratch, fd, scratch.empty(), AT_EMPTY_PATH, extra));
  }

  private long statx(Scratch scratch, int fd, long name, int flags, int extra) {
    int how = flags | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
    return Syscalls.call(
        scratch, abi.statx, fd, name, how, Statx.MASK | extra, scratch.statxAddress, 0);
  }

  @Override
  public Stat stat(String name) throws Fault {
    int fd = handle.enter("statx");
    try {
      Scratch scratch = Scratch.get();
      check("statx", name, statx(scratch, fd, scratch.firstName("statx", name), 0, 0));
      return Statx.read(scratch.statx);
    } finally {
      handle.leave();
    }
  }

  @Override
  public byte[] head(String name, int most) throws Fault {
    Segments.requireName("openat", name);
    return LinuxHead.read(resolver, handle, name, shown(name), most);
  }

  @Override
  public byte[] digest(String name) throws Fault {
    return LinuxHead.digest(resolver, handle, name, shown(name));
  }

  @Override
  public String readLink(String name) throws Fault {
    Segments.requireName("readlinkat", name);
    int fd = handle.enter("readlinkat");
    try {
      Scratch scratch = Scratch.get();
      var text = scratch.second();
      long at = scratch.first("readlinkat", name);
      long length =
          Syscalls.call(scratch, abi.readlinkat, fd, at, text.address(), text.byteSize(), 0, 0);
      check("readlinkat", name, length);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    } finally {
      handle.leave();
    }
  }

  @Override
  public void link(Folder source, String sourceName, String name) throws Fault {
    LinuxFolder from = linux("linkat", source);
    int fromFd = from.handle.enter("linkat");
    try {
      int fd = handle.enter("linkat");
      try {
        Scratch scratch = Scratch.get();
        long oldName = scratch.firstName("linkat", sourceName);
        long newName = scratch.secondName("linkat", name);
        long result = Syscalls.call(scratch, abi.linkat, fromFd, oldName, fd, newName, 0, 0);
        if (result < 0) {
          throw LinuxFaults.of("linkat", from.shown(sourceName) + " → " + shown(name), result);
        }
      } finally {
        handle.leave();
      }
    } finally {
      from.handle.leave();
    }
  }

  @Override
  public void symlink(String text, String name) throws Fault {
    Segments.requireName("symlinkat", name);
    int fd = handle.enter("symlinkat");
    try {
      Scratch scratch = Scratch.get();
      long textAt = scratch.first("symlinkat", text);
      long nameAt = scratch.second("symlinkat", name);
      check("symlinkat", name, Syscalls.call(scratch, abi.symlinkat, textAt, fd, nameAt));
    } finally {
      handle.leave();
    }
  }

  @Override
  public void reflink(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    transfer(source, sourceName, name, expected, LinuxCopy.Way.CLONE);
  }

  @Override
  public void copy(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    transfer(source, sourceName, name, expected, LinuxCopy.Way.BYTES);
  }

  private void transfer(
      Folder source, String sourceName, String name, Expected expected, LinuxCopy.Way way)
      throws Fault, SourceChangedException {
    Segments.requireName("copy", sourceName);
    Segments.requireName("copy", name);
    LinuxFolder from = linux("copy", source);
    int fromFd = from.handle.enter("copy");
    try {
      int fd = handle.enter("copy");
      try {
        new LinuxCopy(
                resolver,
                new LinuxCopy.End(fromFd, sourceName, from.shown(sourceName)),
                new LinuxCopy.End(fd, name, shown(name)),
                expected)
            .run(way);
      } finally {
        handle.leave();
      }
    } finally {
      from.handle.leave();
    }
  }

  @Override
  public void deleteFile(String name) throws Fault {
    unlink(name, 0);
  }

  @Override
  public void deleteFolder(String name) throws Fault {
    unlink(name, AT_REMOVEDIR);
  }

  private void unlink(String name, int flags) throws Fault {
    Segments.requireName("unlinkat", name);
    int fd = handle.enter("unlinkat");
    try {
      Scratch scratch = Scratch.get();
      check(
          "unlinkat",
          name,
          Syscalls.call(scratch, abi.unlinkat, fd, scratch.first("unlinkat", name), flags));
    } finally {
      handle.leave();
    }
  }

  @Override
  public void rename(String name, Folder target, String newName) throws Fault {
    Segments.requireName("renameat2", name);
    Segments.requireName("renameat2", newName);
    LinuxFolder to = linux("renameat2", target);
    long result = renameat(to, name, newName, abi.renameat2, Temporary.RENAME_NOREPLACE);
    if (result == -LinuxFaults.EINVAL || result == -LinuxFaults.ENOSYS) {
      renameByClaim(name, to, newName);
      return;
    }
    LinuxFaults.check("renameat2", shown(name) + " → " + to.shown(newName), result);
  }

  /**
   * NFS, CephFS and some FUSE file systems know no flags: mkdir and linkat are what never replaces
   * there.
   */
  void renameByClaim(String name, LinuxFolder to, String newName) throws Fault {
    if (stat(name).kind() != Stat.Kind.DIRECTORY) {
      to.link(this, name, newName);
      deleteFile(name);
      return;
    }
    to.makeFolder(newName, Claim.MODE);
    long result = renameat(to, name, newName, abi.renameat, 0);
    if (result < 0) {
      Fault fault = LinuxFaults.of("renameat", shown(name) + " → " + to.shown(newName), result);
      try {
        to.deleteFolder(newName);
      } catch (Fault e) {
        fault.addSuppressed(e);
      }
      throw fault;
    }
  }

  private long renameat(LinuxFolder to, String name, String newName, int call, int flags)
      throws Fault {
    int fd = handle.enter("renameat2");
    try {
      int toFd = to.handle.enter("renameat2");
      try {
        Scratch scratch = Scratch.get();
        long oldAt = scratch.first("renameat2", name);
        long newAt = scratch.second("renameat2", newName);
        return Syscalls.call(scratch, call, fd, oldAt, toFd, newAt, flags, 0);
      } finally {
        to.handle.leave();
      }
    } finally {
      handle.leave();
    }
  }

  @Override
  public void list(Visitor visitor) throws Fault {
    Listing.run(resolver, handle, path, visitor);
  }

  @Override
  public void sync() throws Fault {
    int fd = handle.enter("fsync");
    try {
      LinuxFaults.checkSync(path, Syscalls.call(Scratch.get(), abi.fsync, fd, 0, 0));
    } finally {
      handle.leave();
    }
  }

  @Override
  public void syncVolume() throws Fault {
    int fd = handle.enter("syncfs");
    try {
      LinuxFaults.check("syncfs", path, Syscalls.call(Scratch.get(), abi.syncfs, fd, 0, 0));
    } finally {
      handle.leave();
    }
  }

  @Override
  public Volume volume() throws Fault {
    return LinuxFacts.volume(abi, handle, path);
  }

  @Override
  public MountFacts mount() throws Fault {
    return LinuxFacts.mount(abi, handle, mountId());
  }

  @Override
  public Marks marks() throws Fault {
    return LinuxFacts.marks(resolver, handle, "");
  }

  @Override
  public Marks marks(String name) throws Fault {
    Segments.requireName("openat", name);
    return LinuxFacts.marks(resolver, handle, name);
  }

  @Override
  public FileBytes bytes() {
    return new LinuxBytes(resolver, handle, path);
  }

  @Override
  public Abilities abilities() throws Fault {
    return LinuxFacts.abilities(resolver, handle);
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return path;
  }

  private String shown(String name) {
    return path + "/" + name;
  }

  private void check(String operation, String name, long result) throws Fault {
    if (result < 0) {
      throw LinuxFaults.of(operation, shown(name), result);
    }
  }

  private static LinuxFolder linux(String operation, Folder folder) throws Fault {
    if (folder instanceof LinuxFolder linux) {
      return linux;
    }
    throw new Fault(operation, Errno.EINVAL, folder.path(), "a folder of another access");
  }
}
