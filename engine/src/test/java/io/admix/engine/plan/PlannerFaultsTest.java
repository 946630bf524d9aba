package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine refuses while a plan is made: told with names, and nothing is left. */
class PlannerFaultsTest {
  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private PlanRequest request(String yaml, Path target) {
    return new PlanRequest(kit.recipe(yaml), kit.folder, target, PlanKit.ZONE);
  }

  @Test
  void aFolderThatMayNotBeRead_isNamed() throws Exception {
    kit.file("data/open/x", 1);
    kit.file("data/secret/y", 1);
    Path secret = kit.folder.resolve("data/secret");
    FileAccess access =
        VanishingFiles.in(
            secret,
            () -> {
              throw new Fault("openat2", Errno.EACCES, secret.toString(), "Permission denied");
            });
    Planner planner = new Planner(kit.catalog, access, kit.folder.resolve("scratch"));
    assertThatThrownBy(() ->
            planner.plan(
                request(
                    "name: m\nseed: 1\nsources:\n  - {path: data, count: 1, name: mine}\n",
                    kit.folder.resolve("target")),
                kit.folder.resolve("p"),
                PlanProgress.SILENT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("source `mine` cannot be read")
        .hasMessageContaining(secret.toString())
        .hasMessageContaining("EACCES")
        .hasMessageContaining("leave it out");
    assertThat(kit.folder.resolve("p")).doesNotExist();
    kit.requireCleanScratch();
  }

  @Test
  void noAllowedMethodBetweenTwoMounts_isRefusedWithBothNames() throws Exception {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(
        Files.isWritable(memory)
            && !Files.getFileStore(memory).equals(Files.getFileStore(kit.folder)),
        "another file system");
    kit.file("data/x", 1);
    Path target = memory.resolve("admix-" + ProcessHandle.current().pid() + "/mix");
    assertThatThrownBy(() ->
            kit.planner.plan(
                request(
                    "name: m\nseed: 1\nlink: [hardlink]\nsources:\n  - {path: data, count: 1}\n",
                    target),
                kit.folder.resolve("p"),
                PlanProgress.SILENT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(
            "source `data`: no allowed method (hardlink) works from "
                + kit.folder.resolve("data")
                + " to /dev/shm")
        .hasMessageContaining("add `copy` to `link`");
    PlanSummary copied =
        kit.planner.plan(
            request(
                "name: m\nseed: 1\nlink: [hardlink, copy]\nsources:\n  - {path: data, count: 1}\n",
                target),
            kit.folder.resolve("p"),
            PlanProgress.SILENT);
    assertThat(copied.methods()).containsOnlyKeys(io.admix.core.recipe.LinkMethod.COPY);
    assertThat(target).doesNotExist();
  }

  @Test
  void aFullDisk_ofScratchOrOfThePlan_isTold_andNothingIsLeft() throws Exception {
    Path disk = Files.createDirectories(kit.folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "file systems may be mounted");
    try {
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < 4000; i++) {
        paths.add("folder-" + i / 100 + "/file-" + i);
      }
      kit.register("d", paths);
      String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 4000}\n";
      PlanRequest request = request(yaml, kit.folder.resolve("target"));
      Planner fullScratch =
          new Planner(kit.catalog, FileAccess.portable(), disk.resolve("scratch"));
      assertThatThrownBy(
              () -> fullScratch.plan(request, kit.folder.resolve("p"), PlanProgress.SILENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("look at the space below " + disk.resolve("scratch"))
          .hasMessageContaining("nothing was made");
      assertThat(kit.folder.resolve("p")).doesNotExist();
      assertThat(disk.resolve("scratch")).isEmptyDirectory();
      assertThatThrownBy(() -> kit.planner.plan(request, disk.resolve("p"), PlanProgress.SILENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the plan " + disk.resolve("p") + " could not be made")
          .hasMessageContaining("No space left on device");
      assertThat(disk).isDirectoryNotContaining(path -> path.toString().contains(".p."));
      assertThat(disk.resolve("p")).doesNotExist();
      kit.requireCleanScratch();
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void filesBelowAMissingFolder_areUnseen_theOthersAreNot() throws Exception {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      paths.add("gone-" + i + "/deep/x");
      paths.add("gone-" + i + "/deep/y");
      paths.add("there-" + i + "/x");
    }
    paths.add("top");
    kit.register("d", paths);
    for (int i = 0; i < 200; i++) {
      kit.file("roots/d/there-" + i + "/x", 13);
    }
    kit.file("roots/d/top", 13);
    kit.file("roots/d/gone-7/deep/y", 13);
    PlanKit.Planned planned =
        kit.plan("name: m\nseed: 1\nlayout: flat\nsources:\n  - {dataset: d, count: 601}\n");
    assertThat(planned.mains().stream().filter(entry -> entry.seen().isThere()))
        .hasSize(202)
        .allSatisfy(entry -> assertThat(entry.size()).isEqualTo(13));
    assertThat(planned.summary().unseen()).isEqualTo(399);
  }
}
