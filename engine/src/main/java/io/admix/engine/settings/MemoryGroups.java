package io.admix.engine.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory cgroup of this process and its ancestors: what the tightest of them still allows. */
final class MemoryGroups {
  /** Version 1 writes "no limit" as the largest page-aligned long; anything near is no limit. */
  private static final long UNLIMITED_FROM = 1L << 60;

  private final Path root;
  private final List<String> memberships;
  private String source = "";

  /**
   * @param memberships lines of {@code /proc/self/cgroup}
   */
  MemoryGroups(Path root, List<String> memberships) {
    this.root = root;
    this.memberships = memberships;
  }

  /** Bytes that can still be taken below the tightest limit, -1 when there is no limit. */
  long available() {
    long least = -1;
    for (String line : memberships) {
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      long one = -1;
      if (parts[1].isEmpty()) {
        one = tightest(unifiedRoot(), parts[2], MemoryGroups::unifiedAvailable);
      } else if (List.of(parts[1].split(",")).contains("memory")) {
        one = tightest(root.resolve("memory"), parts[2], MemoryGroups::legacyAvailable);
      }
      if (one >= 0 && (least < 0 || one < least)) {
        least = one;
        source = parts[1].isEmpty() ? "cgroup v2 limit" : "cgroup v1 limit";
      }
    }
    return least;
  }

  /** Where the figure came from, after {@link #available}. */
  String source() {
    return source;
  }

  /** Where both versions are mounted side by side, version 2 is below {@code unified}. */
  private Path unifiedRoot() {
    Path hybrid = root.resolve("unified");
    return Files.isDirectory(hybrid) ? hybrid : root;
  }

  /**
   * In a container the path in /proc may name a folder of the host that is not mounted here: the
   * missing levels are passed over, the mounted root still counts.
   */
  private static long tightest(Path mount, String membership, Reader reader) {
    Path folder = mount.resolve(membership.replaceFirst("^/+", "")).normalize();
    long least = -1;
    while (folder != null && folder.startsWith(mount)) {
      long one = reader.available(folder);
      if (one >= 0 && (least < 0 || one < least)) {
        least = one;
      }
      folder = folder.getParent();
    }
    return least;
  }

  private static long unifiedAvailable(Path folder) {
    long limit =
        smallest(number(folder.resolve("memory.max")), number(folder.resolve("memory.high")));
    return left(
        limit, number(folder.resolve("memory.current")), statistic(folder, "inactive_file"));
  }

  private static long legacyAvailable(Path folder) {
    long limit = number(folder.resolve("memory.limit_in_bytes"));
    return left(
        limit,
        number(folder.resolve("memory.usage_in_bytes")),
        statistic(folder, "total_inactive_file"));
  }

  private static long left(long limit, long used, long droppable) {
    if (limit < 0 || used < 0) {
      return -1;
    }
    long working = Math.max(0, used - Math.max(0, droppable));
    return Math.max(0, limit - working);
  }

  private static long smallest(long a, long b) {
    if (a < 0 || b < 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }

  /** A figure, or -1 where the file is missing, says {@code max}, or means "no limit". */
  private static long number(Path file) {
    try {
      long value = Long.parseLong(Files.readString(file).strip());
      return value >= UNLIMITED_FROM ? -1 : value;
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  private static long statistic(Path folder, String name) {
    try {
      for (String line : Files.readAllLines(folder.resolve("memory.stat"))) {
        if (line.startsWith(name + " ")) {
          return Long.parseLong(line.substring(name.length() + 1).strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
    return -1;
  }

  /** Reads what one level allows. */
  @FunctionalInterface
  private interface Reader {
    long available(Path folder);
  }
}
