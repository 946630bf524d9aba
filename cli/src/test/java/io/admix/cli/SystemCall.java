package io.admix.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A system call at its entry: nothing of it has happened yet.
 *
 * @param thread that makes it
 * @param arguments six
 */
record SystemCall(int thread, int number, long[] arguments) {
  private static final long FICLONE = 0x40049409;
  private static final int O_CREAT = 0x40;
  private static final int O_TRUNC = 0x200;
  private static final int O_TMPFILE = 0x400000;
  private static final int PATH_MAX = 4096;

  /** How a call names what it changes. */
  private enum Subject {
    /** First argument: a descriptor. */
    DESCRIPTOR,
    /** Second argument: a descriptor; the first one is read from. */
    SECOND_DESCRIPTOR,
    /** Third argument: a descriptor; the first one is read from. */
    THIRD_DESCRIPTOR,
    /** A path. */
    PATH,
    /** A folder's descriptor and a path. */
    AT,
    /** What is made stands in the third and fourth argument. */
    NEW_AT,
    /** Text of the link, a folder's descriptor, a path. */
    LINK_TEXT
  }

  private record Kind(String name, Subject subject) {}

  /**
   * Every call by which the process can change files, or tell a database to, and some that look.
   */
  private static final Map<Integer, Kind> KNOWN = table();

  private static final Set<String> LOOKS = Set.of("statx", "openat2", "getdents64");

  private static Map<Integer, Kind> table() {
    Map<Integer, Kind> table = new HashMap<>();
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    add(table, arm, "write", 1, 64, Subject.DESCRIPTOR);
    add(table, arm, "pwrite64", 18, 68, Subject.DESCRIPTOR);
    add(table, arm, "writev", 20, 66, Subject.DESCRIPTOR);
    add(table, arm, "pwritev", 296, 70, Subject.DESCRIPTOR);
    add(table, arm, "sendto", 44, 206, Subject.DESCRIPTOR);
    add(table, arm, "sendmsg", 46, 211, Subject.DESCRIPTOR);
    add(table, arm, "sendfile", 40, 71, Subject.DESCRIPTOR);
    add(table, arm, "copy_file_range", 326, 285, Subject.THIRD_DESCRIPTOR);
    add(table, arm, "ioctl", 16, 29, Subject.DESCRIPTOR);
    add(table, arm, "fsync", 74, 82, Subject.DESCRIPTOR);
    add(table, arm, "fdatasync", 75, 83, Subject.DESCRIPTOR);
    add(table, arm, "sync_file_range", 277, 84, Subject.DESCRIPTOR);
    add(table, arm, "syncfs", 306, 267, Subject.DESCRIPTOR);
    add(table, arm, "ftruncate", 77, 46, Subject.DESCRIPTOR);
    add(table, arm, "truncate", 76, 45, Subject.PATH);
    add(table, arm, "fallocate", 285, 47, Subject.DESCRIPTOR);
    add(table, arm, "fchmod", 91, 52, Subject.DESCRIPTOR);
    add(table, arm, "fchown", 93, 55, Subject.DESCRIPTOR);
    add(table, arm, "fsetxattr", 190, 7, Subject.DESCRIPTOR);
    add(table, arm, "fchmodat", 268, 53, Subject.AT);
    add(table, arm, "utimensat", 280, 88, Subject.AT);
    add(table, arm, "openat", 257, 56, Subject.AT);
    add(table, arm, "mkdirat", 258, 34, Subject.AT);
    add(table, arm, "unlinkat", 263, 35, Subject.AT);
    add(table, arm, "renameat", 264, 38, Subject.NEW_AT);
    add(table, arm, "renameat2", 316, 276, Subject.NEW_AT);
    add(table, arm, "linkat", 265, 37, Subject.NEW_AT);
    add(table, arm, "symlinkat", 266, 36, Subject.LINK_TEXT);
    add(table, arm, "statx", 332, 291, Subject.AT);
    add(table, arm, "openat2", 437, 437, Subject.AT);
    add(table, arm, "getdents64", 217, 61, Subject.DESCRIPTOR);
    if (!arm) {
      Object[][] old = {
        {"mkdir", 83},
        {"rmdir", 84},
        {"creat", 85},
        {"unlink", 87},
        {"chmod", 90},
        {"rename", 82},
        {"open", 2},
        {"utime", 132},
        {"utimes", 235},
        {"lchown", 94},
        {"chown", 92},
        {"setxattr", 188},
        {"mknod", 133},
        {"link", 86},
        {"symlink", 88}
      };
      for (Object[] call : old) {
        table.put((int) call[1], new Kind((String) call[0], Subject.PATH));
      }
    }
    return Map.copyOf(table);
  }

  private static void add(
      Map<Integer, Kind> table, boolean arm, String name, int x86, int aarch64, Subject subject) {
    table.put(arm ? aarch64 : x86, new Kind(name, subject));
  }

  boolean isKnown() {
    return KNOWN.containsKey(number);
  }

  /** Whether it changes something when it succeeds. */
  boolean mutates() {
    Kind kind = KNOWN.get(number);
    return kind != null && !LOOKS.contains(kind.name) && !isReading(kind);
  }

  String name() {
    Kind kind = KNOWN.get(number);
    return kind == null ? "call " + number : kind.name;
  }

  /** Whether it puts bytes into a file that is open. */
  boolean isWrite() {
    return name().startsWith("write") || name().startsWith("pwrite");
  }

  /** What it is about: an absolute path, or {@code socket:[…]}. */
  String subject() throws IOException {
    Kind kind = KNOWN.get(number);
    if (kind == null) {
      return "";
    }
    return switch (kind.subject) {
      case DESCRIPTOR -> descriptor(arguments[0]);
      case SECOND_DESCRIPTOR -> descriptor(arguments[1]);
      case THIRD_DESCRIPTOR -> descriptor(arguments[2]);
      case PATH -> text(arguments[0]);
      case AT -> at(arguments[0], arguments[1]);
      case NEW_AT -> at(arguments[2], arguments[3]);
      case LINK_TEXT -> at(arguments[1], arguments[2]);
    };
  }

  /** The beginning of what a write puts out. */
  byte[] written() throws IOException {
    byte[] bytes = new byte[(int) Math.min(arguments[2], PATH_MAX)];
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + thread + "/mem", "r")) {
      memory.seek(arguments[1]);
      memory.readFully(bytes);
    }
    return bytes;
  }

  private boolean isReading(Kind kind) {
    return switch (kind.name) {
      case "openat" -> (arguments[2] & (O_CREAT | O_TRUNC | O_TMPFILE)) == 0;
      case "open" -> (arguments[1] & (O_CREAT | O_TRUNC | O_TMPFILE)) == 0;
      case "ioctl" -> (arguments[1] & 0xffffffffL) != FICLONE;
      default -> false;
    };
  }

  private String at(long folder, long name) throws IOException {
    String path = name == 0 ? "" : text(name);
    if (path.startsWith("/")) {
      return path;
    }
    String above =
        (int) folder == -100
            ? Files.readSymbolicLink(Path.of("/proc/" + thread + "/cwd")).toString()
            : descriptor(folder);
    return path.isEmpty() ? above : above + "/" + path;
  }

  private String descriptor(long number) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + thread + "/fd/" + (int) number)).toString();
  }

  private String text(long address) throws IOException {
    byte[] bytes = new byte[PATH_MAX];
    int length = 0;
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + thread + "/mem", "r")) {
      memory.seek(address);
      // A page at most: the next one may not be mapped.
      int room = (int) Math.min(bytes.length, 4096 - (address & 4095));
      int read = memory.read(bytes, 0, room);
      if (read == room && indexOfNul(bytes, read) < 0 && room < bytes.length) {
        read += Math.max(0, memory.read(bytes, room, bytes.length - room));
      }
      length = Math.max(0, indexOfNul(bytes, read));
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int indexOfNul(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
