package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.Abilities;
import io.admix.files.Fault;
import io.admix.files.Known;
import io.admix.files.Marks;
import io.admix.files.MountFacts;
import io.admix.files.Volume;
import java.lang.foreign.MemorySegment;

/** What the system tells of an open folder, its mount and its calls. */
final class LinuxFacts {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int RENAME_NOREPLACE = 1;
  private static final int NAME_MAX_AT = 64;
  private static final long UNKNOWN = -1;
  private static final String PROBE = "probe";
  private static final String PROBED = "probed";

  private LinuxFacts() {}

  /** What a system call is made with. */
  @FunctionalInterface
  private interface Call<T> {
    T with(int fd) throws Fault;
  }

  private static <T> T entered(Handle handle, String operation, Call<T> call) throws Fault {
    int fd = handle.enter(operation);
    try {
      return call.with(fd);
    } finally {
      handle.leave();
    }
  }

  /** The mount and the device on which a folder lies. */
  record Place(long mount, long device) {}

  static Place place(Abi abi, Handle handle) {
    try {
      return entered(
          handle,
          "statx",
          fd -> {
            MemorySegment told = statx(abi, fd).statx;
            return new Place(Statx.mountId(told), Statx.read(told).device());
          });
    } catch (Fault e) {
      // The folder cannot be used: whatever is done next with it says so by its own fault.
      return new Place(UNKNOWN, UNKNOWN);
    }
  }

  private static Scratch statx(Abi abi, int fd) throws Fault {
    Scratch scratch = Scratch.get();
    int how = AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
    long here = scratch.empty();
    long result =
        Syscalls.call(
            scratch,
            abi.statx,
            fd,
            here,
            how,
            Statx.MASK | Statx.MOUNT_ID,
            scratch.statxAddress,
            0);
    LinuxFaults.check("statx", "folder", result);
    return scratch;
  }

  static Volume volume(Abi abi, Handle handle, String shown) throws Fault {
    return entered(
        handle,
        "fstatfs",
        fd -> {
          Scratch scratch = Scratch.get();
          LinuxFaults.check(
              "fstatfs", shown, Syscalls.call(scratch, abi.fstatfs, fd, scratch.smallAddress, 0));
          return Statfs.read(scratch.small);
        });
  }

  static MountFacts mount(Abi abi, Handle handle, long id) throws Fault {
    return entered(
        handle,
        "fstatfs",
        fd -> {
          long device = Statx.read(statx(abi, fd).statx).device();
          MountTable.Line line = MountTable.find(id);
          Scratch scratch = Scratch.get();
          long result = Syscalls.call(scratch, abi.fstatfs, fd, scratch.smallAddress, 0);
          long nameMax = result < 0 ? UNKNOWN : scratch.small.get(JAVA_LONG, NAME_MAX_AT);
          return new MountFacts(
              id,
              device,
              line.point(),
              line.root(),
              line.source(),
              line.type(),
              line.options(),
              nameMax);
        });
  }

  /** Of a file in the folder, or with an empty name of the folder itself. */
  static Marks marks(Resolver resolver, Handle handle, String name) throws Fault {
    return entered(
        handle,
        "openat",
        fd ->
            name.isEmpty()
                ? LinuxMarks.ofFolder(resolver.abi, fd)
                : LinuxMarks.ofFile(resolver, fd, name));
  }

  static Abilities abilities(Resolver resolver, Handle handle) throws Fault {
    return entered(
        handle,
        "renameat2",
        fd -> {
          // Opening below asks openat2, unless it was refused before.
          resolver.close(resolver.openBelow(fd, "", "scratch"));
          return new Abilities(
              Known.of(resolver.resolvesInOneCall()),
              renamesWithoutReplacing(resolver.abi, fd),
              Known.of(Syscalls.call(Scratch.get(), resolver.abi.syncfs, fd, 0, 0) >= 0));
        });
  }

  private static Known renamesWithoutReplacing(Abi abi, int fd) throws Fault {
    Scratch scratch = Scratch.get();
    long made = Syscalls.call(scratch, abi.mkdirat, fd, scratch.first("mkdirat", PROBE), 0777);
    LinuxFaults.check("mkdirat", PROBE, made);
    long oldAt = scratch.first("renameat2", PROBE);
    long newAt = scratch.second("renameat2", PROBED);
    long result = Syscalls.call(scratch, abi.renameat2, fd, oldAt, fd, newAt, RENAME_NOREPLACE, 0);
    String left = result < 0 ? PROBE : PROBED;
    long gone =
        Syscalls.call(scratch, abi.unlinkat, fd, scratch.first("unlinkat", left), AT_REMOVEDIR);
    LinuxFaults.check("unlinkat", left, gone);
    return Known.of(result >= 0);
  }
}
