package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Mounts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An ext4 whose file f1 has 65,000 names: link(2) answers EMLINK for it alone. */
class LinkLimitTest {
  private static final int LIMIT = 65_000;

  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;
  private Path disk;
  private Path source;

  @BeforeEach
  void fill() throws Exception {
    disk = mounts.disk("ext4", "64M", "-N", "1000");
    source = SmallMix.files(disk.resolve("a"), 9, 5_000);
    Files.createDirectory(disk.resolve("many"));
    try (Folder from = FileAccess.best().open(source.resolve("d1"));
        Folder many = FileAccess.best().open(disk.resolve("many"))) {
      assertThat(linksUntilFull(from, many)).isEqualTo(LIMIT - 1);
    }
  }

  private static int linksUntilFull(Folder from, Folder many) {
    for (int i = 0; ; i++) {
      try {
        many.link(from, "f1", Integer.toString(i));
      } catch (Fault e) {
        assertThat(e.errno()).isEqualTo(Errno.EMLINK);
        return i;
      }
    }
  }

  @Test
  void aFileAtTheLimitTakesTheNextMethod_theOthersStayHardLinks_andTheReportSaysSo()
      throws Exception {
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("mix"), "hardlink, copy");
    mix.published("hardlink 8 files, copy 1 file");
    assertThat(mix.links()).containsExactly(2, 2, 2, 2, 2, 1, 2, 2, 2);
  }

  @Test
  void withHardLinksAloneItFailsByName_andGoesOnWhenALinkIsFree() throws Exception {
    SmallMix mix = SmallMix.of(folder, source, disk.resolve("mix"), "hardlink");
    mix.failsResumable("1 file could not be placed", "all/d1/f1: NO_METHOD", "EMLINK");
    Files.delete(disk.resolve("many/0"));
    mix.published("hardlink 9 files");
  }
}
