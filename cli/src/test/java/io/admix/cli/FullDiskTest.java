package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Mounts;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small file systems that really run full, though planning found that the mix fits: small files
 * take whole blocks, and folders without files take inodes, which no plan counts. Only root may
 * mount them.
 */
class FullDiskTest {
  private static final int FILES = 300;
  private static final int BYTES = 100;

  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();

  @BeforeEach
  void makeSource() throws Exception {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 100 + "/between/them/f" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[BYTES]);
    }
    Sources.watch(folder.resolve("a"));
  }

  @Test
  void theBytesOfAnExt4RunOut_andTheSameRunGoesOnWhenThereIsRoom() throws Exception {
    Path mount = mounts.disk("ext4", "16M", "-N", "2000", "-b", "4096");
    Path filler = mount.resolve("filler");
    Files.write(filler, new byte[(int) Files.getFileStore(mount).getUsableSpace() - 1_000_000]);
    recipe("copy", mount.resolve("mix"));
    assertFailsResumable(mount, "the bytes ran out");
    Files.delete(filler);
    assertPublished(mount.resolve("mix"));
  }

  @Test
  void theInodesOfAnExt4RunOut_andCancelRemovesWhatWasMade() throws Exception {
    Path mount = mounts.disk("ext4", "32M", "-N", "500");
    recipe("symlink", mount.resolve("mix"));
    CommandRun run = assertFailsResumable(mount, "the inodes ran out");
    String id = run.err().replaceAll("(?s).*admix task cancel (\\S+).*", "$1");
    CommandRun cancel = CommandRun.of(folder, "task", "cancel", id);
    assertThat(cancel.code()).as(cancel.err()).isZero();
    try (Stream<Path> left = Files.list(mount)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lost+found");
    }
  }

  @Test
  void aTmpfsRunsFull_andTheSameRunGoesOnWhenItIsLarger() throws Exception {
    Path mount = mounts.tmpfs("size=1m");
    recipe("copy", mount.resolve("mix"));
    assertFailsResumable(mount, "the bytes ran out");
    mounts.remount(mount, "size=30m");
    assertPublished(mount.resolve("mix"));
  }

  @Test
  void theInodesOfATmpfsRunOut_andTheSameRunGoesOnWhenItHasMore() throws Exception {
    Path mount = mounts.tmpfs("size=30m,nr_inodes=500");
    recipe("copy", mount.resolve("mix"));
    assertFailsResumable(mount, "the inodes ran out");
    mounts.remount(mount, "nr_inodes=1000");
    assertPublished(mount.resolve("mix"));
  }

  @Test
  void theHomeRunsFull_nothingIsHalfMade_andTheSameRunGoesOn() throws Exception {
    Path mount = mounts.tmpfs("size=20m");
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

  private CommandRun assertFailsResumable(Path mount, String what) throws IOException {
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
}
