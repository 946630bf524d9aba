package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
  private static final long MB = 1L << 20;

  @TempDir Path folder;
  private Path cgroups;
  private Path proc;

  @BeforeEach
  void trees() throws IOException {
    cgroups = Files.createDirectories(folder.resolve("cgroup"));
    proc = Files.createDirectories(folder.resolve("proc/self")).getParent();
    write(
        proc.resolve("meminfo"),
        "MemTotal:       16384000 kB\nMemFree:  100 kB\nMemAvailable:    8192000 kB\n");
  }

  @Test
  void withoutLimits_itIsWhatTheMachineHasAvailable() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/\n");
    Resources resources = Resources.read(cgroups, proc, 3);
    assertThat(resources)
        .isEqualTo(new Resources(3, 8192000L << 10, "MemAvailable of /proc/meminfo"));
  }

  @Test
  void version2_theTightestOfGroupAndAncestorsHolds_withoutThePageCache() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/slice/pod/container\n");
    v2("slice", "4294967296", "max", 1000 * MB, 100 * MB);
    v2("slice/pod", Long.toString(2048 * MB), Long.toString(1024 * MB), 900 * MB, 700 * MB);
    v2("slice/pod/container", "max", "max", 500 * MB, 0);
    Resources resources = Resources.read(cgroups, proc, 2);
    // The pod's high mark less its working set: 1024 - (900 - 700).
    assertThat(resources.memoryBytes()).isEqualTo(824 * MB);
    assertThat(resources.memorySource()).isEqualTo("cgroup v2 limit");
  }

  @Test
  void aFullPageCache_doesNotLookLikeNoMemory() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/c\n");
    v2("c", Long.toString(1024 * MB), "max", 1024 * MB, 1000 * MB);
    assertThat(Resources.read(cgroups, proc, 2).memoryBytes()).isEqualTo(1000 * MB);
  }

  @Test
  void version1_isReadBelowMemory_andNoLimitIsNone() throws IOException {
    write(proc.resolve("self/cgroup"), "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n0::/\n");
    v1("", "9223372036854771712", 3000 * MB, 0);
    v1("docker", "9223372036854771712", 2000 * MB, 0);
    v1("docker/abc", Long.toString(512 * MB), 300 * MB, 100 * MB);
    Resources resources = Resources.read(cgroups, proc, 2);
    assertThat(resources.memoryBytes()).isEqualTo(312 * MB);
    assertThat(resources.memorySource()).isEqualTo("cgroup v1 limit");
  }

  @Test
  void aPathOfTheHostThatIsNotMounted_countsTheMountedRoot() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/kubepods/not/visible/here\n");
    v2("", Long.toString(256 * MB), "max", 56 * MB, 0);
    assertThat(Resources.read(cgroups, proc, 2).memoryBytes()).isEqualTo(200 * MB);
  }

  @Test
  void aLimitAboveTheMachine_isBoundedByTheMachine() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/c\n");
    v2("c", Long.toString(1L << 40), "max", 0, 0);
    assertThat(Resources.read(cgroups, proc, 2).memoryBytes()).isEqualTo(8192000L << 10);
  }

  @Test
  void moreUsedThanAllowed_isNothingLeft() throws IOException {
    write(proc.resolve("self/cgroup"), "0::/c\n");
    v2("c", Long.toString(100 * MB), "max", 150 * MB, 0);
    assertThat(Resources.read(cgroups, proc, 2).memoryBytes()).isZero();
  }

  @Test
  void thisMachine_hasSomething() {
    Resources now = Resources.now();
    assertThat(now.cpus()).isPositive();
    assertThat(now.memoryBytes()).isPositive();
  }

  private void v2(String group, String max, String high, long current, long inactive)
      throws IOException {
    Path at = Files.createDirectories(cgroups.resolve(group));
    write(at.resolve("memory.max"), max + "\n");
    write(at.resolve("memory.high"), high + "\n");
    write(at.resolve("memory.current"), current + "\n");
    write(at.resolve("memory.stat"), "anon 12\ninactive_file " + inactive + "\nactive_file 7\n");
  }

  private void v1(String group, String limit, long usage, long inactive) throws IOException {
    Path at = Files.createDirectories(cgroups.resolve("memory").resolve(group));
    write(at.resolve("memory.limit_in_bytes"), limit + "\n");
    write(at.resolve("memory.usage_in_bytes"), usage + "\n");
    write(at.resolve("memory.stat"), "inactive_file 5\ntotal_inactive_file " + inactive + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }
}
