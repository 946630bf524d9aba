package io.admix.files.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code /proc/self/mountinfo}, see proc_pid_mountinfo(5):
 *
 * <pre>
 * 36 35 98:0 /root /point rw,noatime master:1 - ext4 /dev/source rw,errors=continue
 * </pre>
 */
final class MountTable {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private MountTable() {}

  /** One mount. */
  record Line(String point, String root, String source, String type, String options) {
    static final Line UNKNOWN = new Line("", "", "", "", "");
  }

  /** The mount with this id, or what is known of none. */
  static Line find(long id) {
    try {
      return find(Files.readString(TABLE, StandardCharsets.ISO_8859_1), id).orElse(Line.UNKNOWN);
    } catch (IOException e) {
      // Without /proc the mount has no more than its id.
      return Line.UNKNOWN;
    }
  }

  static Optional<Line> find(String table, long id) {
    String start = id + " ";
    return table.lines().filter(line -> line.startsWith(start)).map(MountTable::parse).findFirst();
  }

  private static Line parse(String line) {
    String[] fields = line.split(" ", -1);
    int dash = 6;
    while (dash < fields.length && !fields[dash].equals("-")) {
      dash++;
    }
    if (dash + 3 >= fields.length) {
      return Line.UNKNOWN;
    }
    return new Line(
        unescaped(fields[4]),
        unescaped(fields[3]),
        unescaped(fields[dash + 2]),
        fields[dash + 1],
        String.join(
            ",",
            new LinkedHashSet<>(List.of((fields[5] + "," + fields[dash + 3]).split(",", -1)))));
  }

  /** Blanks and the like are three octal digits behind a backslash; the bytes are UTF-8. */
  private static String unescaped(String field) {
    byte[] bytes = new byte[field.length()];
    int length = 0;
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        bytes[length++] = (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8);
        i += 3;
      } else {
        bytes[length++] = (byte) field.charAt(i);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
