package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Mounts;
import io.admix.files.Operation;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many files each method takes: by trial with chosen files, by the mounts where none can be.
 */
class PlannerMethodsTest {
  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();
  private Path mounted;

  /** Before the file system goes on which it lies. */
  @AfterEach
  void compareSource() throws IOException {
    if (mounted != null) {
      Sources.release(mounted);
    }
  }

  private static PlanSummary plan(PlanKit kit, FileAccess access, String yaml, Path target)
      throws Exception {
    return plan(kit, access, yaml, target, PlanRequest.TargetCheck.MUST_BE_FREE);
  }

  private static PlanSummary plan(
      PlanKit kit, FileAccess access, String yaml, Path target, PlanRequest.TargetCheck check)
      throws Exception {
    PlanSummary summary =
        new Planner(kit.catalog, access, kit.folder.resolve("scratch"))
            .plan(
                new PlanRequest(kit.recipe(yaml), kit.folder, target, PlanKit.ZONE, check),
                kit.folder.resolve("p"),
                PlanProgress.SILENT);
    assertNothingOfOursIn(target.getParent());
    return summary;
  }

  private static void assertNothingOfOursIn(Path parent) throws IOException {
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".admix-"));
    }
  }

  private static String recipe(String link, String source, int count) {
    return "name: m\nseed: 1\nlink: [%s]\nsources:\n  - {%s, count: %d}\n"
        .formatted(link, source, count);
  }

  @Test
  void aBindMountOfTheSameDevice_isFoundByTrial() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    mounted = disk;
    try (PlanKit kit = new PlanKit(folder)) {
      Files.write(Files.createDirectory(disk.resolve("data")).resolve("a"), new byte[10]);
      Sources.watch(disk.resolve("data"));
      Path bind = mounts.bind(disk.resolve("data"));
      String yaml = recipe("hardlink, symlink, copy", "path: " + bind, 1);
      PlanSummary tried = plan(kit, FileAccess.portable(), yaml, disk.resolve("mix"));
      assertThat(tried.methods()).isEqualTo(Map.of(LinkMethod.SYMLINK, new MethodCount(1, 10)));
      assertThat(tried.warnings()).anyMatch(w -> w.contains("becomes a symbolic link"));
      assertThat(tried.forecasts()).isEmpty();
      FaultLayer unwritable =
          new FaultLayer(FileAccess.portable()).failAlways(Operation.MAKE_FOLDER, Errno.EACCES);
      PlanSummary foretold = plan(kit, unwritable, yaml, disk.resolve("mix"));
      assertThat(foretold.methods())
          .as("one device, as far as the portable access sees")
          .containsOnlyKeys(LinkMethod.HARDLINK);
      assertThat(foretold.forecasts())
          .singleElement()
          .asString()
          .contains("nothing could be tried in " + disk, "EACCES");
      assertThat(foretold.sha256()).isEqualTo(tried.sha256());
    }
  }

  @Test
  void aPlanThatIsOnlyCompared_makesNothing() throws Exception {
    try (PlanKit kit = new PlanKit(folder)) {
      kit.file("data/a", 10);
      FaultLayer layer = new FaultLayer(FileAccess.portable());
      String yaml = recipe("hardlink", "path: data", 1);
      plan(kit, layer, yaml, folder.resolve("mix"), PlanRequest.TargetCheck.LEFT_TO_CALLER);
      assertThat(layer.count(Operation.MAKE_FOLDER)).isZero();
      assertThat(layer.count(Operation.LINK)).isZero();
      plan(kit, layer, yaml, folder.resolve("mix"));
      assertThat(layer.count(Operation.LINK)).as("one file per source").isOne();
    }
  }

  @Test
  void whatIsRefusedForOneFile_saysNothingOfTheOthers() throws Exception {
    try (PlanKit kit = new PlanKit(folder)) {
      kit.file("data/a", 10);
      FaultLayer layer =
          new FaultLayer(FileAccess.portable()).failAlways(Operation.LINK, Errno.EMLINK);
      String yaml = recipe("hardlink, copy", "path: data", 1);
      assertThat(plan(kit, layer, yaml, folder.resolve("mix")).methods())
          .containsOnlyKeys(LinkMethod.HARDLINK);
      FaultLayer never =
          new FaultLayer(FileAccess.portable()).failAlways(Operation.LINK, Errno.EOPNOTSUPP);
      assertThat(plan(kit, never, yaml, folder.resolve("mix")).methods())
          .containsOnlyKeys(LinkMethod.COPY);
    }
  }

  @Test
  void filesWithAsManyLinksAsExt4Allows_areCountedToTheNextMethod() throws Exception {
    Path disk = mounts.disk("ext4", "64M");
    mounted = disk;
    try (PlanKit kit = new PlanKit(disk)) {
      for (String name : new String[] {"full", "free-1", "free-2"}) {
        kit.file("roots/d/" + name, 7);
      }
      Path links = Files.createDirectory(disk.resolve("links"));
      for (int i = 1; i < 65_000; i++) {
        Files.createLink(links.resolve("l" + i), disk.resolve("roots/d/full"));
      }
      Sources.watch(disk.resolve("roots/d"));
      kit.register("d", List.of("full", "free-1", "free-2"));
      for (String source : new String[] {"path: roots/d", "dataset: d"}) {
        PlanSummary summary =
            plan(
                kit,
                FileAccess.portable(),
                recipe("hardlink, symlink", source, 3),
                disk.resolve("mix"));
        assertThat(summary.methods())
            .as(source)
            .isEqualTo(
                Map.of(
                    LinkMethod.HARDLINK, new MethodCount(2, 14),
                    LinkMethod.SYMLINK, new MethodCount(1, 7)));
        assertThat(summary.forecasts())
            .singleElement()
            .asString()
            .contains("1 chosen file has as many hard links as the file system allows");
      }
      PlanSummary alone =
          plan(
              kit,
              FileAccess.portable(),
              recipe("hardlink", "path: roots/d", 3),
              disk.resolve("mix"));
      assertThat(alone.methods()).isEqualTo(Map.of(LinkMethod.HARDLINK, new MethodCount(2, 14)));
      assertThat(alone.forecasts())
          .anyMatch(f -> f.contains("can be placed by no allowed method: add `copy`"));
    }
  }
}
