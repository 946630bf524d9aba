package io.admix.engine.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What this process may use just now.
 *
 * @param cpus processors, as the JVM counts them: quotas and CPU sets of the container are honoured
 * @param memoryBytes memory that can still be taken before the tightest limit is reached
 * @param memorySource where that figure came from, for people
 */
public record Resources(int cpus, long memoryBytes, String memorySource) {

  private static final Path CGROUP_ROOT = Path.of("/sys/fs/cgroup");
  private static final Path PROC_ROOT = Path.of("/proc");

  /** Reads what holds for this process now. */
  public static Resources now() {
    return read(CGROUP_ROOT, PROC_ROOT, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Reads the same from other roots.
   *
   * <p>The memory is the minimum over the process's own memory cgroup and its ancestors of limit
   * minus working set, the page cache that the kernel can drop left out of the latter ({@code
   * inactive_file}); without any limit it is {@code MemAvailable}, which also bounds what a cgroup
   * promises. The JVM's own getFreeMemorySize counts the page cache as used, so that a job that
   * copies would drive it to zero.
   *
   * @param cgroups where the cgroup file systems are mounted, version 1 or 2
   * @param proc where procfs is mounted
   * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory">cgroup-v2, memory</a>
   */
  public static Resources read(Path cgroups, Path proc, int cpus) {
    long machine = machineMemory(proc);
    MemoryGroups groups = new MemoryGroups(cgroups, memberships(proc));
    long group = groups.available();
    if (group < 0 && machine < 0) {
      return new Resources(cpus, heapLeft(), "heap of this JVM");
    }
    if (group >= 0 && (machine < 0 || group <= machine)) {
      return new Resources(cpus, group, groups.source());
    }
    return new Resources(cpus, machine, "MemAvailable of /proc/meminfo");
  }

  /** One line for logs and pages. */
  public String inWords() {
    return "%d cpus, %,d MB of memory (%s)".formatted(cpus, memoryBytes >> 20, memorySource);
  }

  private static List<String> memberships(Path proc) {
    try {
      return Files.readAllLines(proc.resolve("self/cgroup"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long machineMemory(Path proc) {
    try {
      for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          String figure =
              line.substring("MemAvailable:".length())
                  .toLowerCase(Locale.ROOT)
                  .replace("kb", "")
                  .strip();
          return Long.parseLong(figure) << 10;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
    return -1;
  }

  private static long heapLeft() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
