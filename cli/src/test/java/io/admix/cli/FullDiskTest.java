package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small file systems that really run full. Only root may mount them. */
class FullDiskTest {
  private static final int FILES = 300;
  private static final int BYTES = 20_000;

  @TempDir Path folder;
  private Path mount;

  @BeforeEach
  void makeSource() throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/proc/sys/kernel/hostname")), "only root may mount file systems");
    mount = Files.createDirectories(folder.resolve("small"));
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 5 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[BYTES]);
    }
    Sources.watch(folder.resolve("a"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (mount != null) {
      List<String> open = openBelow(mount);
      call("umount", "-l", mount.toString());
      assertThat(open).as("files that a command left open").isEmpty();
    }
  }

  private static List<String> openBelow(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    String real = folder.toRealPath() + "/";
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        try {
          String file = Files.readSymbolicLink(handle).toString();
          if (file.startsWith(real)) {
            open.add(file);
          }
        } catch (IOException closed) {
          // The handle of this very listing.
        }
      }
    }
    return open;
  }

  @Test
  void theBytesOfAnExt4RunOut_andTheSameRunGoesOnWhenThereIsRoom() throws Exception {
    mountExt4("16M", "-N", "1000");
    Path filler = mount.resolve("filler");
    call("fallocate", "-l", "11M", filler.toString());
    assumeTrue(Files.exists(filler), "fallocate is needed");
    recipe("copy", mount.resolve("mix"));
    assertFailsResumable("the bytes ran out");
    Files.delete(filler);
    assertPublished(mount.resolve("mix"));
  }

  @Test
  void theInodesOfAnExt4RunOut_andCancelRemovesWhatWasMade() throws Exception {
    mountExt4("32M", "-N", "200");
    recipe("symlink", mount.resolve("mix"));
    CommandRun run = assertFailsResumable("the inodes ran out");
    String id = run.err().replaceAll("(?s).*admix task cancel (\\S+).*", "$1");
    CommandRun cancel = CommandRun.of(folder, "task", "cancel", id);
    assertThat(cancel.code()).as(cancel.err()).isZero();
    try (Stream<Path> left = Files.list(mount)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lost+found");
    }
  }

  @Test
  void aTmpfsRunsFull_andTheSameRunGoesOnWhenItIsLarger() throws Exception {
    assumeTrue(call("mount", "-t", "tmpfs", "-o", "size=3m", "none", mount.toString()) == 0);
    recipe("copy", mount.resolve("mix"));
    assertFailsResumable("the bytes ran out");
    call("mount", "-o", "remount,size=30m", mount.toString());
    assertPublished(mount.resolve("mix"));
  }

  @Test
  void theHomeRunsFull_nothingIsHalfMade_andTheSameRunGoesOn() throws Exception {
    assumeTrue(call("mount", "-t", "tmpfs", "-o", "size=20m", "none", mount.toString()) == 0);
    Files.createSymbolicLink(folder.resolve("home"), Files.createDirectories(mount.resolve("h")));
    recipe("hardlink", folder.resolve("mix"));
    assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
    Path filler = mount.resolve("filler");
    long room = Files.getFileStore(mount).getUsableSpace();
    Files.write(filler, new byte[(int) room - 40_000]);
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).containsAnyOf("No space left on device", "full");
    assertThat(folder.resolve("mix")).doesNotExist();
    Files.delete(filler);
    assertPublished(folder.resolve("mix"));
  }

  private CommandRun assertFailsResumable(String what) throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(what, "Make room, then resume", "admix task resume ");
    assertThat(mount.resolve("mix")).doesNotExist();
    assertThat(CommandRun.of(folder, "task", "list").out()).contains("failed, resumable");
    return run;
  }

  private void assertPublished(Path mix) throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    try (Stream<Path> files = Files.walk(mix)) {
      List<Path> made =
          files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
      assertThat(made).hasSize(FILES).allSatisfy(file -> assertThat(file).hasSize(BYTES));
    }
    assertThat(CommandRun.of(folder, "verify", "mix").code()).isZero();
  }

  private void recipe(String method, Path target) throws IOException {
    Files.writeString(
        folder.resolve("r.yaml"),
        """
        name: mix
        seed: 1
        total: %d
        target: %s
        link: [%s]
        sources:
          - path: ./a
            weight: 1
        """
            .formatted(FILES, target, method));
  }

  private void mountExt4(String size, String... options) throws Exception {
    Path image = folder.resolve("image");
    call("truncate", "-s", size, image.toString());
    List<String> make = new ArrayList<>(List.of("mkfs.ext4", "-q", "-F", "-m", "0"));
    make.addAll(List.of(options));
    make.add(image.toString());
    assumeTrue(call(make.toArray(String[]::new)) == 0, "mkfs.ext4 is needed");
    assumeTrue(
        call("mount", "-o", "loop", image.toString(), mount.toString()) == 0,
        "loop devices are needed");
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
