package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (Files.exists(kit.folder.resolve("scratch"))) {
      kit.requireCleanScratch();
    }
    kit.close();
  }

  private PlanException refused(String yaml) {
    PlanException refusal = catchThrowableOfType(PlanException.class, () -> kit.plan(yaml));
    assertThat(refusal).as("refusal of %s", yaml).isNotNull();
    assertThat(kit.folder.resolve("plan.jsonl")).doesNotExist();
    return refusal;
  }

  @Test
  void aFolder_isPlannedWithWhatItsWalkSaw() throws Exception {
    Path file = kit.file("data/java/a/X.java", 12);
    kit.file("data/java/b/note.txt", 3);
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\nsources:\n  - {path: ./data/java, count: 1, include: ['**/*.java']}\n");
    assertThat(planned.mains()).hasSize(1);
    PlanEntry entry = planned.mains().getFirst();
    assertThat(entry.targetPath()).isEqualTo("java/a/X.java");
    assertThat(entry.size()).isEqualTo(12);
    assertThat(entry.rowId()).isNull();
    assertThat(entry.seen().inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
    assertThat(entry.seen().modifiedNs() / 1000)
        .isEqualTo(Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.MICROSECONDS));
    assertThat(planned.summary().methods())
        .containsExactly(java.util.Map.entry(LinkMethod.HARDLINK, new MethodCount(1, 12)));
    assertThat(planned.summary().unseen()).isZero();
  }

  @Test
  void aDatasetsFile_isSealedAsItIsNow_andTheChangeIsTold() throws Exception {
    Dataset dataset = kit.register("d", List.of("a/x.txt", "a/gone.txt"));
    kit.file("roots/d/a/x.txt", 500);
    PlanKit.Planned planned = kit.plan("name: m\nseed: 1\nsources:\n  - {dataset: d, count: 2}\n");
    assertThat(planned.mains())
        .extracting(PlanEntry::sourceName)
        .containsExactly("gone.txt", "x.txt");
    assertThat(planned.mains()).extracting(PlanEntry::size).containsExactly(10L, 500L);
    assertThat(planned.mains())
        .extracting(entry -> entry.seen().isThere())
        .containsExactly(false, true);
    assertThat(planned.mains()).allSatisfy(entry -> assertThat(entry.rowId()).isNotEmpty());
    assertThat(planned.summary().unseen()).isEqualTo(1);
    assertThat(planned.summary().warnings())
        .anySatisfy(warning ->
            assertThat(warning).contains("1 chosen file was not").contains("a/gone.txt"));
    assertThat(planned.summary().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("admix dataset rescan"));
    assertThat(planned.text()).contains("\"datasetId\":\"" + dataset.id() + "\"");
  }

  @Test
  void aSymbolicLinkOfACatalogue_isSeenAsNothing() throws Exception {
    kit.register("d", List.of("x.txt"));
    Files.createSymbolicLink(folder.resolve("roots/d/x.txt"), kit.file("elsewhere", 5));
    Sources.watch(folder.resolve("roots"));
    PlanSummary summary =
        kit.plan("name: m\nseed: 1\nsources:\n  - {dataset: d, count: 1}\n").summary();
    assertThat(summary.unseen()).isEqualTo(1);
    assertThat(summary.warnings())
        .anySatisfy(warning -> assertThat(warning).contains("1 chosen file is a symbolic link"));
  }

  @Test
  void everyProblemIsToldAtOnce() throws Exception {
    kit.register("python", List.of("a"));
    Files.createDirectories(folder.resolve("target"));
    PlanException refusal =
        refused(
            "name: m\nseed: 1\ntotal: 3\nsources:\n  - {dataset: pyhton, weight: 1}\n  - {path: ./none, weight: 1}\n  - {path: ./catalog.db, weight: 1}\n");
    assertThat(refusal.problems()).hasSize(4);
    assertThat(refusal.getMessage())
        .contains("there is no dataset `pyhton`: did you mean `python`?")
        .contains("none is not there")
        .contains("catalog.db is no folder")
        .contains("target " + kit.folder.resolve("target") + " exists already");
  }

  @Test
  void datasetsThatContainOneAnother_areRefused() throws Exception {
    kit.register("outer", List.of("sub/x"));
    Path inner = Files.createDirectories(kit.folder.resolve("roots/outer/sub"));
    try (FileWriter writer = kit.catalog.datasets().register("inner", inner.toString(), "TEXT")) {
      writer.add(new NewFile("x", 1, Instant.EPOCH, null, null, null, null));
      writer.commit();
    }
    assertThat(
            refused(
                    "name: m\nseed: 1\ntotal: 1\nsources:\n  - {dataset: outer, weight: 1}\n  - {dataset: inner, weight: 1}\n")
                .getMessage())
        .contains("source `outer` (")
        .contains("contains source `inner`");
  }

  @Test
  void foldersThatContainOneAnother_areRefused() throws Exception {
    kit.file("data/java/x", 1);
    kit.register("d", List.of("sub/x"));
    Files.createDirectories(folder.resolve("roots/d/sub"));
    assertThat(
            refused(
                    "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: data, weight: 1}\n  - {path: data/java, weight: 1}\n")
                .getMessage())
        .contains("source `data` (")
        .contains("contains source `java`");
    assertThat(
            refused(
                    "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: roots/d/sub, weight: 1}\n  - {dataset: d, weight: 1}\n")
                .getMessage())
        .contains("contains source `sub`");
    Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("data"));
    assertThat(
            refused(
                    "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: alias, weight: 1}\n  - {path: data/java, weight: 1}\n")
                .getMessage())
        .contains("contains source");
  }

  @Test
  void oneFolderTwice_givesNoFileTwice_alsoThroughALink() throws Exception {
    for (int i = 0; i < 20; i++) {
      kit.file("data/f" + i, 1);
    }
    Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("data"));
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\nsources:\n  - {path: data, count: 10}\n  - {path: alias, count: 10}\n");
    assertThat(planned.mains())
        .extracting(PlanEntry::sourceName)
        .doesNotHaveDuplicates()
        .hasSize(20);
  }

  @Test
  void aTargetInsideASource_andASourceInsideTheTarget_areRefused() throws Exception {
    kit.file("target/data/x", 1);
    assertThat(
            refused("name: m\nseed: 1\nsources:\n  - {path: target/data, count: 1}\n").getMessage())
        .contains("lies inside the target")
        .contains("exists already");
    kit.register("d", List.of("x"));
    Path inside = folder.resolve("roots/d/new/mix");
    PlanRequest request =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {dataset: d, count: 1}\n"),
            kit.folder,
            kit.folder.resolve("roots/d/new/mix"),
            PlanKit.ZONE);
    assertThatThrownBy(() -> kit.planner.plan(request, folder.resolve("p"), PlanProgress.SILENT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("lies inside source `d`");
    assertThat(inside).doesNotExist();
  }

  @Test
  void aTargetThatIsThere_isLeftToACallerThatSaysSo() throws Exception {
    kit.file("data/x", 1);
    Files.createDirectories(folder.resolve("target"));
    PlanRequest request =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {path: data, count: 1}\n"),
            kit.folder,
            kit.folder.resolve("target"),
            PlanKit.ZONE,
            PlanRequest.TargetCheck.LEFT_TO_CALLER);
    assertThat(kit.planner.plan(request, folder.resolve("p"), PlanProgress.SILENT).entries())
        .isEqualTo(1);
  }

  @Test
  void aShortage_namesEachSourceAndTheWayOut() throws Exception {
    kit.register("d", List.of("a", "b", "high"));
    kit.register("e", List.of("a"));
    InfeasibleException refusal =
        catchThrowableOfType(
            InfeasibleException.class,
            () ->
                kit.plan(
                    "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 3, name: first}\n  - {dataset: d, count: 1, label: {name: quality, values: [high]}}\n  - {dataset: e, count: 5}\n"));
    assertThat(refusal.shortages())
        .containsExactly(new Shortage("d", 1, 1, 0), new Shortage("e", 5, 1, 1));
    assertThat(refusal.getMessage())
        .contains("source `first`: asked for 3, available 3")
        .contains("source `d`: asked for 1, available 1, of which earlier sources leave 0")
        .contains("source `e`: asked for 5, available 1 — short by 4")
        .contains("on-shortage: take-all")
        .contains("nothing was made");
    assertThat(kit.folder.resolve("plan.jsonl")).doesNotExist();
  }

  @Test
  void namesThatAreTooLong_areCountedAndShown() throws Exception {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      paths.add("d" + i + "/" + "x".repeat(254));
    }
    kit.register("d", paths);
    assertThat(
            refused("name: m\nseed: 1\nlayout: flat\nsources:\n  - {dataset: d, count: 9}\n")
                .getMessage())
        .contains("8 files get names or paths that are too long")
        .contains("256 bytes, more than 255")
        .contains("… and 3 more");
    String deep = "p".repeat(200) + "/";
    kit.register("deep", List.of(deep.repeat(4) + "n".repeat(200)));
    assertThat(refused("name: m\nseed: 1\nsources:\n  - {dataset: deep, count: 1}\n").getMessage())
        .contains("1 file gets")
        .contains("more than 1000");
  }

  @Test
  void flatNames_of100000FilesOfOneName_takeAsManyLooksAsFiles() throws Exception {
    int files = 100_000;
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      paths.add("d" + i + (i % 1000 == 7 ? "/x_" + (i / 1000 + 1) + ".txt" : "/x.txt"));
    }
    kit.register("d", paths);
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\nlayout: flat\nsources:\n  - {dataset: d, count: " + files + "}\n");
    Set<String> names = new HashSet<>(planned.targets());
    assertThat(names).hasSize(files);
    assertThat(planned.mains())
        .filteredOn(entry -> entry.sourceName().startsWith("x_"))
        .hasSize(100)
        .allSatisfy(entry -> assertThat(entry.targetName()).isEqualTo(entry.sourceName()));
    assertThat(planned.mains()).filteredOn(entry -> entry.targetName().equals("x.txt")).hasSize(1);
    assertThat(names).contains("x_" + (files - 1) + ".txt").doesNotContain("x_" + files + ".txt");
  }

  @Test
  void whatBecameOfAPlanThatFailed_isRemoved() throws Exception {
    kit.file("data/x", 1);
    PlanRequest request =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {path: data, count: 1}\n"),
            kit.folder,
            kit.folder.resolve("target"),
            PlanKit.ZONE);
    assertThatThrownBy(() ->
            kit.planner.plan(request, folder.resolve("no/such/folder/p"), PlanProgress.SILENT))
        .isInstanceOf(java.io.IOException.class);
    kit.requireCleanScratch();
    Thread.currentThread().interrupt();
    for (int i = 0; i < 40_000; i++) {
      kit.unwatchedFile("many/" + i % 40 + "/" + i, 0);
    }
    Sources.watch(folder.resolve("many"));
    PlanRequest many =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {path: many, count: 1}\n"),
            kit.folder,
            kit.folder.resolve("target"),
            PlanKit.ZONE);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> kit.planner.plan(many, folder.resolve("p"), PlanProgress.SILENT))
        .isInstanceOf(InterruptedException.class);
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void leftoversOfDeadPlans_areRemoved_othersNot() throws Exception {
    kit.file("data/x", 1);
    Path dead = Files.createDirectories(folder.resolve("scratch/plan-999999999-1"));
    Files.writeString(dead.resolve("spool-0"), "left");
    Path foreign = Files.createDirectories(folder.resolve("scratch/mine"));
    PlanRequest request =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {path: data, count: 1}\n"),
            kit.folder,
            kit.folder.resolve("target"),
            PlanKit.ZONE);
    kit.planner.plan(request, folder.resolve("p"), PlanProgress.SILENT);
    assertThat(dead).doesNotExist();
    assertThat(foreign).exists();
    Files.delete(foreign);
  }

  @Test
  void aSourceFolderThatChangesWhileItIsRead_isTold() throws Exception {
    for (int i = 0; i < 3000; i++) {
      kit.unwatchedFile("data/" + i % 30 + "/f" + i, 1);
    }
    Sources.watch(folder.resolve("data"));
    // Files vanish between the listing of their folder and their own stat: the access removes each
    // folder's files as it is listed.
    FileAccess vanishing = VanishingFiles.in(kit.folder.resolve("data/7"));
    Planner planner = new Planner(kit.catalog, vanishing, kit.folder.resolve("scratch"));
    PlanRequest request =
        new PlanRequest(
            kit.recipe("name: m\nseed: 1\nsources:\n  - {path: data, count: 10}\n"),
            kit.folder,
            kit.folder.resolve("target"),
            PlanKit.ZONE);
    PlanSummary summary = planner.plan(request, folder.resolve("p"), PlanProgress.SILENT);
    Sources.changed(folder.resolve("data/7"));
    assertThat(summary.sources().getFirst().available()).isEqualTo(2900);
    assertThat(summary.warnings())
        .anySatisfy(
            warning -> assertThat(warning).contains("100 entries changed while it was read"));
  }

  @Test
  void symbolicLinksAndSkippedEntries_areTold() throws Exception {
    kit.file("data/x", 1);
    Files.createSymbolicLink(folder.resolve("data/link"), folder.resolve("data/x"));
    Sources.changed(folder.resolve("data/link"));
    PlanKit.Planned planned =
        kit.plan("name: m\nseed: 1\nlink: [symlink]\nsources:\n  - {path: data, count: 1}\n");
    assertThat(planned.summary().methods()).containsOnlyKeys(LinkMethod.SYMLINK);
    assertThat(planned.summary().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("1 symbolic link passed over"))
        .anySatisfy(warning ->
            assertThat(warning).contains("1 file becomes a symbolic link, which breaks when"));
  }

  @Test
  void theSameRequest_givesTheSameBytes() throws Exception {
    for (int i = 0; i < 500; i++) {
      kit.file("data/" + i % 7 + "/f" + i % 11 + "-" + i, i);
    }
    String yaml =
        "name: m\nseed: 9\ntotal: 100\nlayout: sharded\nsources:\n  - {path: data, weight: 1}\n";
    assertThat(kit.plan(yaml).text()).isEqualTo(kit.plan(yaml).text());
  }
}
