package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Lists a folder by getdents64(2), a buffer at a time, names as the bytes that they are. A visitor
 * may list other folders meanwhile: the buffer belongs to this listing.
 */
final class Listing {
  private static final int BUFFER_BYTES = 32 * 1024;

  /** Offset of d_name in struct linux_dirent64. */
  private static final int NAME = 19;

  private final Abi abi;
  private final int fd;
  private final String path;
  private byte[] name = new byte[512];

  Listing(Abi abi, int fd, String path) {
    this.abi = abi;
    this.fd = fd;
    this.path = path;
  }

  /**
   * Lists a folder by a handle of its own: the place in a directory belongs to the open file, and
   * others may be listing too.
   */
  static void run(Resolver resolver, Handle folder, String path, Folder.Visitor visitor)
      throws Fault {
    int fd = folder.enter("getdents64");
    int own;
    try {
      own = resolver.openBelow(fd, "", path);
    } finally {
      folder.leave();
    }
    try {
      new Listing(resolver.abi, own, path).run(visitor);
    } finally {
      resolver.close(own);
    }
  }

  void run(Folder.Visitor visitor) throws Fault {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      while (true) {
        long filled =
            Syscalls.call(Scratch.get(), abi.getdents64, fd, buffer.address(), BUFFER_BYTES);
        LinuxFaults.check("getdents64", path, filled);
        if (filled == 0) {
          return;
        }
        visit(buffer, filled, visitor);
      }
    }
  }

  private void visit(MemorySegment buffer, long filled, Folder.Visitor visitor) throws Fault {
    long at = 0;
    while (at < filled) {
      int recordBytes = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + 16));
      int length = readName(buffer, at + NAME, recordBytes - NAME);
      if (!isDots(length)) {
        visitor.entry(Utf8.decode(name, length), kind(buffer.get(JAVA_BYTE, at + 18)));
      }
      at += recordBytes;
    }
  }

  private int readName(MemorySegment buffer, long at, int room) {
    if (name.length < room) {
      name = new byte[room];
    }
    MemorySegment.copy(buffer, JAVA_BYTE, at, name, 0, room);
    int length = 0;
    while (length < room && name[length] != 0) {
      length++;
    }
    return length;
  }

  private boolean isDots(int length) {
    return name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'));
  }

  private static Stat.Kind kind(byte type) {
    return switch (type) {
      case 8 -> Stat.Kind.REGULAR;
      case 4 -> Stat.Kind.DIRECTORY;
      case 10 -> Stat.Kind.SYMLINK;
      default -> Stat.Kind.OTHER;
    };
  }
}
