package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Mounts;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts between which links behave otherwise than within one. */
class MountKindsTest {
  private static final int FILES = 12;

  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;

  @Test
  void anotherMountOfTheSameDevice_takesTheNextMethod() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path source = SmallMix.files(disk.resolve("a"), FILES, 3_000);
    Path other = mounts.bind(disk);
    assertThat(Files.getAttribute(other, "unix:dev"))
        .isEqualTo(Files.getAttribute(disk, "unix:dev"));
    SmallMix mix = SmallMix.of(folder, source, other.resolve("mix"), "hardlink");
    CommandRun refused = mix.run();
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("no allowed method (hardlink) works");
    mix.allow("hardlink, copy");
    mix.published("copy 12 files");
  }

  @Test
  void eachChangeIsWrittenAtOnce_withDirsync() throws Exception {
    Path disk = mounts.loop(mounts.image("ext4", "32M"), "dirsync");
    Path source = SmallMix.files(disk.resolve("a"), FILES, 3_000);
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("mix"), "hardlink");
    mix.published("hardlink 12 files");
    SmallMix copied =
        SmallMix.of(
            Files.createDirectory(folder.resolve("2")), source, disk.resolve("copied"), "copy");
    copied.published("copy 12 files");
  }

  @Test
  void aTargetThatIsReadOnly_isRefusedBeforeAnythingIsMade_andGoesOnWhenItIsNot() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path source = SmallMix.files(disk.resolve("a"), FILES, 3_000);
    Files.createDirectory(disk.resolve("out"));
    mounts.remount(disk, "ro");
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("out/mix"), "hardlink, copy");
    mix.failsResumable(disk.resolve("out").toString(), "ead-only file system", "Nothing was made");
    mounts.remount(disk, "rw");
    mix.published("hardlink 12 files");
  }

  @Test
  void aTargetThatTurnsReadOnlyBelowMissingFolders_isRefusedInWords() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    mounts.remount(disk, "ro");
    Path source = Sources.watch(SmallMix.files(folder.resolve("a"), FILES, 3_000));
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("new/out/mix"), "copy");
    CommandRun run = mix.run();
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(disk.resolve("new").toString(), "ead-only file system");
    mounts.remount(disk, "rw");
    mix.published("copy 12 files");
  }

  @Test
  void aSourceThatIsReadOnly_isCopiedOrLinkedSymbolically() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path source = SmallMix.files(disk.resolve("a"), FILES, 3_000);
    mounts.remount(disk, "ro");
    SmallMix copied = SmallMix.of(folder, source, folder.resolve("copied"), "hardlink, copy");
    copied.published("copy 12 files");
    Path second = Files.createDirectory(folder.resolve("2"));
    SmallMix linked = SmallMix.of(second, source, second.resolve("mix"), "hardlink, symlink");
    linked.published("symlink 12 files");
  }

  @Test
  void anOverlayOfOneFileSystem_linksWhatItCopiesUp() throws Exception {
    Path disk = mounts.disk("ext4", "64M");
    Path lower = SmallMix.files(disk.resolve("lower/a"), FILES, 3_000).getParent();
    SourceFacts lowerBefore = SourceFacts.of(lower);
    Path overlay = mounts.overlay(lower, Files.createDirectory(disk.resolve("up")), "xino=off");
    SmallMix mix =
        SmallMix.of(folder, overlay.resolve("a"), overlay.resolve("mix"), "hardlink, copy");
    mix.published("hardlink 12 files");
    assertThat(SourceFacts.of(lower)).isEqualTo(lowerBefore);
  }

  /** Copied up, a file with several names in the lower layer parts from the others. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOverlayThatGivesALinkedSourceAnotherInode_linksIt(boolean oneFileSystem) throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path lower = Files.createDirectory(disk.resolve("lower"));
    SmallMix.files(lower.resolve("a"), FILES, 3_000);
    for (int i = 0; i < FILES; i++) {
      Files.createLink(lower.resolve("second" + i), lower.resolve("a/d" + i % 2 + "/f" + i));
    }
    SourceFacts lowerBefore = SourceFacts.of(lower);
    Path upper =
        oneFileSystem
            ? Files.createDirectory(disk.resolve("up"))
            : mounts.disk("ext4", "32M", "-N", "5000");
    Path overlay = mounts.overlay(lower, upper, "xino=off,index=off");
    SmallMix mix =
        SmallMix.of(folder, overlay.resolve("a"), overlay.resolve("mix"), "hardlink, copy");
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(SmallMix.methods(run.out())).isEqualTo("hardlink 12 files");
    mix.assertWhole();
    assertThat(mix.links()).containsOnly(2);
    assertThat(withoutInodes(SourceFacts.of(mix.source()))).isEqualTo(withoutInodes(mix.before()));
    assertThat(SourceFacts.of(lower)).isEqualTo(lowerBefore);
    assertThat(CommandRun.of(folder, "verify", "mix").code()).isZero();
  }

  private static List<SourceFacts.Fact> withoutInodes(SourceFacts facts) {
    return facts.entries().values().stream()
        .map(f ->
            new SourceFacts.Fact(
                f.kind(),
                0,
                f.owner(),
                f.group(),
                f.mode(),
                f.modified(),
                f.size(),
                f.attributes(),
                f.content()))
        .toList();
  }
}
