package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Mounts;
import io.admix.files.Volume;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A mix that does not fit is refused with numbers before anything is made. */
class PlannerRoomTest {
  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
    for (int i = 0; i < 30; i++) {
      kit.file("data/d" + i % 3 + "/f" + i, 100_000);
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private PlanSummary plan(String link, Path target, PlanRequest.TargetCheck check)
      throws Exception {
    String yaml =
        "name: m\nseed: 1\nlink: [%s]\nsources:\n  - {path: data, count: 30}\n".formatted(link);
    return kit.planner.plan(
        new PlanRequest(kit.recipe(yaml), kit.folder, target, PlanKit.ZONE, check),
        kit.folder.resolve("p"),
        PlanProgress.SILENT);
  }

  private PlanSummary plan(String link, Path target) throws Exception {
    return plan(link, target, PlanRequest.TargetCheck.MUST_BE_FREE);
  }

  @Test
  void copiesThatDoNotFit_areRefusedWithNumbers_andNothingIsLeft() throws Exception {
    Path small = mounts.tmpfs("size=1m");
    for (String link : new String[] {"copy", "hardlink, copy"}) {
      assertThatThrownBy(() -> plan(link, small.resolve("mix")))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("2.9 MiB must be copied, but " + small + " has 1.0 MiB free")
          .hasMessageContaining("1.9 MiB too little")
          .hasMessageContaining("source `data`: copy 30 files (2.9 MiB)")
          .hasMessageContaining("make room");
      assertThat(small).isEmptyDirectory();
      assertThat(kit.folder.resolve("p")).doesNotExist();
      kit.requireCleanScratch();
    }
    assertThat(plan("hardlink, symlink, copy", small.resolve("mix")).methods())
        .containsOnlyKeys(LinkMethod.SYMLINK);
    assertThat(plan("copy", small.resolve("mix"), PlanRequest.TargetCheck.LEFT_TO_CALLER).entries())
        .as("a plan that is only compared takes no room")
        .isEqualTo(30);
  }

  @Test
  void whatFitsToTheByte_isPlanned() throws Exception {
    Path small = mounts.tmpfs("size=3000k,nr_inodes=1000");
    assertThat(plan("copy", small.resolve("mix")).methods()).containsOnlyKeys(LinkMethod.COPY);
  }

  @Test
  void aFileSystemThatSharesBlocks_hasRoomForCopies() throws Exception {
    Path disk = mounts.disk("xfs", "300M");
    Path data = Files.createDirectory(disk.resolve("data"));
    try (RandomAccessFile file = new RandomAccessFile(data.resolve("big").toFile(), "rw")) {
      file.setLength(1L << 32);
    }
    String yaml = "name: m\nseed: 1\nlink: [copy]\nsources:\n  - {path: %s, count: 1}\n";
    PlanSummary summary =
        kit.planner.plan(
            new PlanRequest(
                kit.recipe(yaml.formatted(data)), kit.folder, disk.resolve("mix"), PlanKit.ZONE),
            kit.folder.resolve("p"),
            PlanProgress.SILENT);
    assertThat(summary.methods().get(LinkMethod.COPY).bytes()).isEqualTo(1L << 32);
  }

  @Test
  void inodesThatDoNotSuffice_areRefusedWithNumbers() {
    Room room = Room.of("/t", new Volume("ext4", false, false, 1_000, 20));
    assertThat(room.problems(1_000, 20)).isEmpty();
    assertThat(room.problems(0, 34))
        .singleElement()
        .asString()
        .contains("34 inodes are needed", "/t has 20 free, 14 too few");
    assertThat(room.problems(1_001, 21)).hasSize(2);
    Room uncounted = Room.of("/t", new Volume("btrfs", false, false, 1_000, -1));
    assertThat(uncounted.problems(0, 1L << 40)).isEmpty();
    Room compressing = Room.of("/t", new Volume("zfs", false, false, 10, -1));
    assertThat(compressing.problems(11, 0)).isEmpty();
    assertThat(compressing.doubt(11).orElseThrow()).contains("unless they are compressed");
    assertThat(compressing.doubt(10)).isEmpty();
  }
}
