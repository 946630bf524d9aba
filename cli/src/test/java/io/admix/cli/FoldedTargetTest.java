package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Mounts;
import io.admix.files.Sources;
import io.admix.files.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target on an NTFS that takes names that differ only in case for one. */
class FoldedTargetTest {
  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"copy", "symlink"})
  void twoNamesThatAreOneThere_areRefusedByNameBeforeAnythingIsMade(String method)
      throws Exception {
    Path disk = ntfs();
    Path source = Files.createDirectory(folder.resolve("a"));
    Files.createDirectories(source.resolve("x"));
    Files.createDirectories(source.resolve("y"));
    Files.writeString(source.resolve("x/File.txt"), "first");
    Files.writeString(source.resolve("y/file.txt"), "other");
    Sources.watch(source);
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("mix"), method);
    Files.writeString(
        mix.folder().resolve("r.yaml"),
        "layout: flat\n" + Files.readString(mix.folder().resolve("r.yaml")));
    CommandRun run = mix.run();
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).containsIgnoringCase("file.txt");
    try (Stream<Path> made = Files.list(disk)) {
      assertThat(made).isEmpty();
    }
  }

  private Path ntfs() throws Exception {
    Tools.require("mkntfs");
    Path image = mounts.folder().resolve("ntfs");
    Tools.run("truncate", "-s", "8M", image.toString());
    Tools.run("mkntfs", "-F", "-f", "-q", image.toString());
    return mounts.mountedBy("lowntfs-3g", "-o", "ignore_case", image.toString());
  }
}
