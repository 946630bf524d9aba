package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own, in a file, mounted while a test runs. Only root may mount. */
final class SmallVolume implements AutoCloseable {
  private final Path folder;

  private SmallVolume(Path folder) {
    this.folder = folder;
  }

  /** xfs or btrfs, whichever tools are there. The test is skipped where there is none. */
  static SmallVolume thatReflinks(Path folder) throws Exception {
    boolean xfs = RealProcess.has("mkfs.xfs", "-V");
    boolean btrfs = RealProcess.has("mkfs.btrfs", "-V");
    assumeTrue(xfs || btrfs, "mkfs.xfs or mkfs.btrfs is needed");
    return xfs
        ? make(folder, "400M", "mkfs.xfs", "-q", "-f")
        : make(folder, "200M", "mkfs.btrfs", "-q", "-f");
  }

  /** Makes, formats and mounts. The test is skipped where that may not be done. */
  static SmallVolume make(Path folder, String size, String... format) throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/proc/sys/kernel/hostname")), "only root may mount file systems");
    Path image = folder.resolveSibling(folder.getFileName() + ".image");
    Files.createDirectories(folder);
    assertThat(call("truncate", "-s", size, image.toString())).isZero();
    List<String> command = new ArrayList<>(List.of(format));
    command.add(image.toString());
    assumeTrue(call(command.toArray(String[]::new)) == 0, format[0] + " is needed");
    assumeTrue(
        call("mount", "-o", "loop", image.toString(), folder.toString()) == 0,
        "loop devices and " + format[0].replace("mkfs.", "") + " in the kernel are needed");
    return new SmallVolume(folder);
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws Exception {
    call("umount", "-l", folder.toString());
  }

  private static int call(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
      return process.exitValue();
    } catch (IOException notThere) {
      return -1;
    }
  }
}
