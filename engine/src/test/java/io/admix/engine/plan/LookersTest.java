package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.core.plan.PlanOrder;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Operation;
import io.admix.files.Sources;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chosen files are looked at by several threads; the plan is that of one. */
class LookersTest {
  /** Fewer than a batch, more than the largest one, and in between. */
  private static final int[] FOLDERS = {3, 200, 57, 1_100, 256, 1, 83};

  private static final String RECIPE =
      "name: m\nseed: 1\nsources:\n  - {dataset: rows, count: 1700}\n";

  @TempDir Path folder;
  private final FaultLayer access = new FaultLayer(FileAccess.portable());
  private final List<String> paths = new ArrayList<>();
  private PlanKit kit;
  private Path root;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder, access);
    for (int i = 0; i < FOLDERS.length; i++) {
      for (int k = 0; k < FOLDERS[i]; k++) {
        paths.add("d%d/f%04d".formatted(i, k));
      }
    }
    kit.register("rows", paths);
    root = kit.folder.resolve("roots/rows");
    Files.write(Files.createDirectory(root.resolve("real")).resolve("x"), new byte[99]);
    for (int i = 0; i < paths.size(); i++) {
      make(i, root.resolve(paths.get(i)));
    }
    Sources.watch(root);
  }

  /** As its row says; but some are not there, some are larger, and some are symbolic links. */
  private void make(int i, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    int bytes = paths.get(i).length();
    if (isLink(i)) {
      Files.createSymbolicLink(file, root.resolve("real/x"));
    } else if (!isMissing(i)) {
      Files.write(file, new byte[isLarger(i) ? bytes + 1 : bytes]);
    }
  }

  private static boolean isLink(int i) {
    return i % 10 == 3;
  }

  private static boolean isMissing(int i) {
    return i % 10 == 5;
  }

  private static boolean isLarger(int i) {
    return i % 10 == 7;
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void entriesAndSumsAreThoseOfOneThread_whoeverLooked() throws Exception {
    Set<Thread> lookers = ConcurrentHashMap.newKeySet();
    access.around(
        Operation.STAT,
        (call, act) -> {
          lookers.add(Thread.currentThread());
          act.run();
        });
    PlanKit.Planned plan = kit.plan(RECIPE);
    assertThat(lookers).filteredOn(thread -> thread.getName().equals("admix-look")).hasSize(2);
    assertThat(plan.mains()).isSortedAccordingTo(PlanOrder.CANONICAL);
    assertThat(plan.mains().stream().map(Look::of)).containsExactlyInAnyOrderElementsOf(expected());
    long links = count(LookersTest::isLink);
    long missing = count(LookersTest::isMissing);
    long larger = count(LookersTest::isLarger);
    assertThat(plan.summary().unseen()).isEqualTo(missing);
    assertThat(String.join("\n", plan.summary().warnings()))
        .contains("%,d chosen files were not there".formatted(missing))
        .contains("%,d chosen files are symbolic links; the files".formatted(links))
        .contains("%,d chosen files have another size".formatted(larger + links));
    assertNothingIsLeft();
  }

  private long count(IntPredicate which) {
    return IntStream.range(0, paths.size()).filter(which).count();
  }

  @Test
  void aLookThatBreaks_failsThePlan_andLeavesNothing() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    access.around(
        Operation.STAT,
        (call, act) -> {
          if (Thread.currentThread().getName().equals("admix-look")
              && looks.incrementAndGet() == 700) {
            throw new IllegalStateException("broken on purpose");
          }
          act.run();
        });
    assertThatThrownBy(() -> kit.plan(RECIPE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken on purpose");
    kit.requireCleanScratch();
    assertThat(kit.folder.resolve("plan.jsonl")).doesNotExist();
    assertNothingIsLeft();
  }

  /** What is read of an entry, and what one thread sees of its file. */
  private record Look(String path, long size, Seen seen, @Nullable String real) {
    static Look of(PlanEntry entry) {
      return new Look(entry.sourcePath(), entry.size(), entry.seen(), entry.realPath());
    }
  }

  private List<Look> expected() throws Exception {
    List<Look> looks = new ArrayList<>();
    try (Folder top = FileAccess.portable().open(root)) {
      for (int i = 0; i < paths.size(); i++) {
        looks.add(expected(top, i));
      }
    }
    return looks;
  }

  private Look expected(Folder top, int i) throws Exception {
    String path = paths.get(i);
    if (isMissing(i)) {
      return new Look(path, path.length(), Seen.NOTHING, null);
    }
    Path file = Path.of(isLink(i) ? "real/x" : path);
    try (Folder parent = top.open(file.getParent().toString())) {
      Stat stat = parent.stat(file.getFileName().toString());
      return new Look(
          path,
          stat.size(),
          new Seen(stat.inode(), stat.modifiedNs()),
          isLink(i) ? root.resolve(file).toString() : null);
    }
  }

  /** Neither a thread nor an open folder. */
  private void assertNothingIsLeft() throws Exception {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("admix-look") || thread.getName().equals("admix-seal")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
    assertThat(access.openFolders()).isZero();
  }
}
