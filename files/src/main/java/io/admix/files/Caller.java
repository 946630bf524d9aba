package io.admix.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Who this process is for the file system, and whether the kernel keeps it from linking what is not
 * its own (fs.protected_hardlinks).
 *
 * @param user id that file accesses are checked with, -1 where it cannot be told
 * @param ownsAll CAP_FOWNER: every file counts as its own
 * @param reachesAll CAP_DAC_OVERRIDE: modes do not bind it
 * @param protectedHardlinks whether the kernel asks for owner or rights before a hard link
 */
public record Caller(long user, boolean ownsAll, boolean reachesAll, Known protectedHardlinks) {
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAP_FOWNER = 3;

  /** This process, from {@code /proc}; what is not told there is unknown. */
  public static Caller current() {
    return of(Path.of("/proc"));
  }

  static Caller of(Path proc) {
    Map<String, String> status = status(proc.resolve("self/status"));
    String[] users = status.getOrDefault("Uid", "").split("\\s+");
    long capabilities = number(status.getOrDefault("CapEff", ""), 16, 0);
    String sysctl = text(proc.resolve("sys/fs/protected_hardlinks"));
    return new Caller(
        users.length == 4 ? number(users[3], 10, -1) : -1,
        has(capabilities, CAP_FOWNER),
        has(capabilities, CAP_DAC_OVERRIDE),
        sysctl.isEmpty() ? Known.UNKNOWN : Known.of(!sysctl.equals("0")));
  }

  private static boolean has(long capabilities, int bit) {
    return (capabilities >> bit & 1) != 0;
  }

  private static Map<String, String> status(Path file) {
    Map<String, String> values = new HashMap<>();
    text(file)
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            values.put(line.substring(0, colon), line.substring(colon + 1).strip());
          }
        });
    return values;
  }

  private static long number(String text, int radix, long otherwise) {
    try {
      return Long.parseUnsignedLong(text, radix);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
