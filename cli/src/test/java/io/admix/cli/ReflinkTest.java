package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File systems that share blocks. */
class ReflinkTest {
  private static final int FILES = 20;
  private static final int BYTES = 300_000;

  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"xfs,320M", "btrfs,128M"})
  void aReflinkedMixSharesItsBlocks_andKeepsModesAndTimes(String type, String size)
      throws Exception {
    Path disk = mounts.disk(type, size);
    Path source = SmallMix.files(disk.resolve("a"), FILES, BYTES);
    Files.createFile(source.resolve("empty"));
    Files.writeString(source.resolve("tiny"), "x");
    Mix mix = Mix.of("mix", folder, disk.resolve("out/mix"), LinkMethod.REFLINK, source);
    Files.createDirectory(disk.resolve("out"));
    List<SourceFacts> before = PublishedMix.factsOf(mix);
    PublishedMix.runAndCheck(Home.sqlite(folder.resolve("home")), mix, before, type);
    for (int i = 0; i < FILES; i++) {
      assertShared(mix.target().resolve("a/d" + i % 2 + "/f" + i));
    }
  }

  private static void assertShared(Path file) {
    String extents = Tools.run("filefrag", "-s", "-v", file.toString());
    assertThat(extents.lines().filter(line -> line.matches("\\s*\\d+:.*")).toList())
        .as(extents)
        .isNotEmpty()
        .allMatch(line -> line.contains("shared"));
  }

  @Test
  void whereBlocksCannotBeShared_reflinkAloneIsRefusedBeforeAnythingIsMade() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path source = SmallMix.files(disk.resolve("a"), 3, 5_000);
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("mix"), "reflink");
    CommandRun refused = mix.run();
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("no allowed method (reflink) works", "add `copy`");
    assertThat(mix.target()).doesNotExist();
    mix.allow("reflink, copy");
    mix.published("copy 3 files");
  }

  @Test
  void betweenSubvolumesThereAreNoHardLinks_withinOneThereAre() throws Exception {
    Path disk = mounts.disk("btrfs", "128M");
    Path one = disk.resolve("one");
    Path two = disk.resolve("two");
    Tools.run("btrfs", "subvolume", "create", one.toString());
    Tools.run("btrfs", "subvolume", "create", two.toString());
    Path far = SmallMix.files(one.resolve("far"), 4, BYTES);
    Path near = SmallMix.files(two.resolve("near"), 4, BYTES);
    SmallMix mix = SmallMix.of(folder, far, two.resolve("mix"), "hardlink");
    CommandRun refused = mix.run();
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("no allowed method (hardlink) works");
    mix.allow("hardlink, reflink");
    assertThat(CommandRun.of(folder, "plan", "r.yaml").out()).contains("methods  reflink 4 files");
    mix.published("reflink 4 files");
    assertShared(two.resolve("mix/all/d0/f0"));

    Files.writeString(
        folder.resolve("both.yaml"),
        """
        name: both
        seed: 1
        target: %s
        link: [hardlink, reflink]
        sources:
          - path: %s
            count: 4
          - path: %s
            count: 4
        """
            .formatted(two.resolve("both"), far, near));
    CommandRun run = CommandRun.of(folder, "run", "both.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(SmallMix.methods(run.out())).isEqualTo("hardlink 4 files, reflink 4 files");
  }
}
