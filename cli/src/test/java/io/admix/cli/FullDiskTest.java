package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Mounts;
import io.admix.files.Sources;
import io.admix.files.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small file systems that really run full, though the plan found that the mix fits: it counts
 * neither blocks that are not full nor folders that only hold folders.
 */
class FullDiskTest {
  private static final int FILES = 300;
  private static final int BYTES = 1_030;
  private static final int ROOM = 800 * 1024;
  private static final int DEEP_FILES = 120;

  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();

  private void makeFiles(int count, String way) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("a/d" + i % 5 + "/" + way + "f" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[BYTES]);
    }
    Sources.watch(folder.resolve("a"));
  }

  /** Files in five folders, each below twenty that hold no file. */
  private void makeDeepFiles() throws IOException {
    makeFiles(DEEP_FILES, "x/".repeat(20));
  }

  @Test
  void theBytesOfAnExt4RunOut_andTheSameRunGoesOnWhenThereIsRoom() throws Exception {
    makeFiles(FILES, "");
    Path mount = mounts.disk("ext4", "16M", "-N", "1000", "-b", "4096");
    Path filler = mount.resolve("filler");
    long room = Files.getFileStore(mount).getUsableSpace();
    Tools.run("fallocate", "-l", Long.toString(room - ROOM), filler.toString());
    recipe("copy", mount.resolve("mix"), FILES);
    assertFailsResumable(mount, "the bytes ran out");
    Files.delete(filler);
    assertPublished(mount.resolve("mix"), FILES);
  }

  @Test
  void theInodesOfAnExt4RunOut_andCancelRemovesWhatWasMade() throws Exception {
    makeDeepFiles();
    Path mount = mounts.disk("ext4", "32M", "-N", "200");
    recipe("symlink", mount.resolve("mix"), DEEP_FILES);
    CommandRun run = assertFailsResumable(mount, "the inodes ran out");
    String id = run.err().replaceAll("(?s).*admix task cancel (\\S+).*", "$1");
    CommandRun cancel = CommandRun.of(folder, "task", "cancel", id);
    assertThat(cancel.code()).as(cancel.err()).isZero();
    try (Stream<Path> left = Files.list(mount)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lost+found");
    }
  }

  @Test
  void theInodesRunOutForFolders_andTheSameRunGoesOnWhenThereAreMore() throws Exception {
    Path mount = mounts.tmpfs("size=30m,nr_inodes=300");
    for (int i = 0; i < 60; i++) {
      Path file = mount.resolve("a/d" + i + "/x/f");
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[BYTES]);
    }
    Files.createSymbolicLink(folder.resolve("a"), mount.resolve("a"));
    recipe("hardlink", mount.resolve("mix"), 60);
    // A hard link takes no inode: what the folders need is all.
    mounts.remount(mount, "nr_inodes=272");
    CommandRun run = assertFailsResumable(mount, "the inodes ran out");
    assertThat(run.err())
        .containsPattern("/d[0-9]+/x [(]ENOSPC on tmpfs, [0-9]+ bytes and 0 inodes");
    mounts.remount(mount, "nr_inodes=1000");
    assertPublished(mount.resolve("mix"), 60);
  }

  @Test
  void aTmpfsRunsFull_andTheSameRunGoesOnWhenItIsLarger() throws Exception {
    makeFiles(FILES, "");
    Path mount = mounts.tmpfs("size=" + ROOM);
    recipe("copy", mount.resolve("mix"), FILES);
    assertFailsResumable(mount, "the bytes ran out");
    mounts.remount(mount, "size=30m");
    assertPublished(mount.resolve("mix"), FILES);
  }

  @Test
  void theInodesOfATmpfsRunOut_andTheSameRunGoesOnWhenItHasMore() throws Exception {
    makeDeepFiles();
    Path mount = mounts.tmpfs("size=30m,nr_inodes=180");
    recipe("copy", mount.resolve("mix"), DEEP_FILES);
    assertFailsResumable(mount, "the inodes ran out");
    mounts.remount(mount, "nr_inodes=1000");
    assertPublished(mount.resolve("mix"), DEEP_FILES);
  }

  @Test
  void theHomeRunsFull_nothingIsHalfMade_andTheSameRunGoesOn() throws Exception {
    makeFiles(FILES, "");
    Path mount = mounts.tmpfs("size=20m");
    Files.createSymbolicLink(folder.resolve("home"), Files.createDirectories(mount.resolve("h")));
    recipe("hardlink", folder.resolve("mix"), FILES);
    assertThat(CommandRun.of(folder, "task", "list").code()).isZero();
    Path filler = mount.resolve("filler");
    long room = Files.getFileStore(mount).getUsableSpace();
    Files.write(filler, new byte[(int) room - 40_000]);
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).containsAnyOf("No space left on device", "full");
    assertThat(folder.resolve("mix")).doesNotExist();
    Files.delete(filler);
    assertPublished(folder.resolve("mix"), FILES);
  }

  private CommandRun assertFailsResumable(Path mount, String what) throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(what, "Make room, then resume", "admix task resume ");
    assertThat(mount.resolve("mix")).doesNotExist();
    assertThat(CommandRun.of(folder, "task", "list").out()).contains("failed, resumable");
    return run;
  }

  private void assertPublished(Path mix, int files) throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    try (Stream<Path> walk = Files.walk(mix)) {
      List<Path> made =
          walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
      assertThat(made).hasSize(files).allSatisfy(file -> assertThat(file).hasSize(BYTES));
    }
    assertThat(CommandRun.of(folder, "verify", "mix").code()).isZero();
  }

  private void recipe(String method, Path target, int files) throws IOException {
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
            .formatted(files, target, method));
  }
}
