package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Receipt;
import io.admix.catalog.Tasks;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.report.FailureReport;
import io.admix.files.FailureReason;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held does not grow with the number of files. */
class BoundsTest {
  @TempDir Path folder;

  @Test
  void madeFoldersAreForgotten_andAForgottenOneIsFoundAgain() throws Exception {
    CountingAccess access = new CountingAccess(FileAccess.portable());
    try (Folder staging = access.open(folder.toRealPath())) {
      TargetFolders folders = new TargetFolders(staging);
      for (int i = 0; i < 5_000; i++) {
        folders.make("d" + i);
      }
      assertThat(access.made).hasSize(5_000);
      folders.make("d4999");
      assertThat(access.made.get(staging.path() + "/d4999")).isEqualTo(1);
      folders.make("d0");
      assertThat(access.made.get(staging.path() + "/d0")).isEqualTo(2);
    }
  }

  @Test
  void oneFolderAskedForByManyThreads_isMadeOnce() throws Exception {
    CountingAccess access = new CountingAccess(FileAccess.portable());
    try (Folder staging = access.open(folder.toRealPath());
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      TargetFolders folders = new TargetFolders(staging);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String path = "a/b/c" + i % 20;
        all.add(
            pool.submit(() -> {
              folders.open(path).close();
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(access.made).hasSize(22);
    assertThat(access.made.values()).allMatch(times -> times == 1);
  }

  @Test
  void aFolderThatWentAwayIsMadeAgainOnce() throws Exception {
    CountingAccess access = new CountingAccess(FileAccess.portable());
    Path root = folder.toRealPath();
    try (Folder staging = access.open(root)) {
      TargetFolders folders = new TargetFolders(staging);
      folders.open("a/b").close();
      Files.delete(root.resolve("a/b"));
      Files.delete(root.resolve("a"));
      folders.open("a/b").close();
      assertThat(root.resolve("a/b")).isDirectory();
    }
  }

  @Test
  void theTallyCountsAllFailures_andKeepsTheFirstHundred() {
    Tally tally = new Tally(1);
    for (int i = 0; i < 10_000; i++) {
      PlanEntry entry = new PlanEntry(0, "", "f" + i, "", "f" + i, 1, PlanEntry.Seen.NOTHING, null);
      tally.add(
          new FinishedRun(
              new PlanRun(i, -1, "", 1, 0, 0),
              List.of(entry),
              List.of(new EntryResult.Failed(FailureReason.SOURCE_MISSING, "gone"))));
      tally.keep(new FailureReport("a", "f" + i, "SOURCE_MISSING", "gone"));
    }
    assertThat(tally.failuresTotal()).isEqualTo(10_000);
    assertThat(tally.failures()).hasSize(100);
    assertThat(tally.failures().getFirst().path()).isEqualTo("f0");
  }

  @Test
  void receiptsAreSpooled_andMergedInOrder() throws Exception {
    PlanEntry entry = new PlanEntry(0, "", "f", "", "f", 1, PlanEntry.Seen.NOTHING, null);
    byte[] details =
        ReceiptDetails.encode(
            List.of(entry), List.of(new EntryResult.Placed(LinkMethod.HARDLINK, 1, 1, 1)));
    List<Long> forgotten = new ArrayList<>();
    List<Integer> atOnce = new ArrayList<>();
    Tasks tasks =
        (Tasks)
            Proxy.newProxyInstance(
                Tasks.class.getClassLoader(),
                new Class<?>[] {Tasks.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("receipts")) {
                    for (long run = 0; run < 9_000; run += 3) {
                      ((Tasks.ReceiptVisitor) args[1])
                          .receipt(
                              new Receipt(run, 1, 0, 1, run % 2 == 0 ? "now" : "before", details));
                    }
                  } else {
                    atOnce.add(((long[]) args[1]).length);
                    for (long run : (long[]) args[1]) {
                      forgotten.add(run);
                    }
                  }
                  return null;
                });
    Tally tally = new Tally(1);
    try (DoneRuns done =
        DoneRuns.read(
            tasks,
            new Tasks.Lease("t", "r", 1),
            folder,
            tally,
            receipt -> receipt.bootId().equals("before"))) {
      for (long run = 0; run < 9_100; run++) {
        assertThat(done.contains(run)).as("run %d", run).isEqualTo(run < 9_000 && run % 6 == 0);
      }
    }
    assertThat(forgotten).hasSize(1_500).allMatch(run -> run % 6 == 3);
    assertThat(atOnce).allMatch(count -> count <= 500);
    assertThat(tally.files()).isEqualTo(1_500);
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void aFlatFolder_hasOneWorkerAtATime() throws Exception {
    try (Lab lab = new Lab(folder.toRealPath())) {
      lab.assertPublished(
          lab.run(
              lab.recipe(
                  Layout.FLAT, LinkMethod.HARDLINK, OnError.FAIL, lab.source("a", 3_000, 3_000))),
          3_000);
      // Local, hard links, one folder: never two workers in it.
      assertThat(lab.access.linkingMax).hasValue(1);
    }
  }
}
