package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.Datasets;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import io.admix.files.Sources;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a plan costs, counted: passes over the catalogue, folders opened, files looked at. One more
 * of anything for each file, dataset or folder fails here.
 */
class PlannerCountsTest {
  private static final int FOLDERS = 20;
  private static final int PER_FOLDER = 25;

  /** Roots, targets and trials of methods, whatever the number of files. */
  private static final int ONCE_PER_PLAN = 50;

  @TempDir Path folder;
  private PlanKit kit;
  private final FaultLayer files = new FaultLayer(FileAccess.best());
  private final Map<String, Integer> scans = new ConcurrentHashMap<>();

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aDatasetIsReadOnce_howeverManySourcesAndStepsThereAre() throws Exception {
    register("one");
    register("two");
    plan(
        "name: m\nseed: 1\ntotal: 100\non-error: replace\nsources:\n"
            + "  - {dataset: one, weight: 1, include: ['d0*/**']}\n"
            + "  - {name: rest, dataset: one, weight: 2}\n"
            + "  - {dataset: two, weight: 1}\n");
    assertThat(scans).isEqualTo(Map.of("one", 1, "two", 1));
  }

  @Test
  void eachChosenFileIsLookedAtOnce_andEachFolderOpenedOnce() throws Exception {
    register("one");
    int chosen = 300;
    plan("name: m\nseed: 1\nlayout: by-source\nsources:\n  - {dataset: one, count: 300}\n");
    assertThat(files.count(Operation.STAT)).isBetween(300L, 0L + chosen + ONCE_PER_PLAN);
    assertThat(files.count(Operation.OPEN)).isLessThanOrEqualTo(FOLDERS + ONCE_PER_PLAN);
    assertThat(files.count(Operation.LIST)).as("of a catalogue").isLessThanOrEqualTo(2);
  }

  @Test
  void eachFolderOfAFolderSourceIsListedOnce_andEachFileLookedAtOnce() throws Exception {
    tree("one");
    plan("name: m\nseed: 1\nsources:\n  - {path: one, count: 300}\n");
    assertThat(files.count(Operation.LIST)).isLessThanOrEqualTo(FOLDERS + 1 + 2);
    assertThat(files.count(Operation.STAT))
        .isLessThanOrEqualTo(FOLDERS * PER_FOLDER + ONCE_PER_PLAN);
    assertThat(files.count(Operation.OPEN)).isLessThanOrEqualTo(2L * FOLDERS + ONCE_PER_PLAN);
  }

  /** What a run of a million files writes, syncs, reads twice and keeps. */
  @Test
  void anEntryCostsItsNamesAndFewBytesMore() throws Exception {
    register("one");
    Path plan =
        plan("name: m\nseed: 1\nlayout: by-source\nsources:\n  - {dataset: one, count: 300}\n");
    long bytes = Files.size(plan);
    long names = 300 * "f24.txt".length();
    long rows = 300 * 36L;
    assertThat(bytes - names - rows).isLessThan(300 * 64L);
  }

  private void tree(String name) throws IOException {
    for (int i = 0; i < FOLDERS; i++) {
      Path in = Files.createDirectories(kit.folder.resolve(name + "/d%02d".formatted(i)));
      for (int k = 0; k < PER_FOLDER; k++) {
        Files.createFile(in.resolve("f%02d.txt".formatted(k)));
      }
    }
    Sources.watch(kit.folder.resolve(name));
  }

  private void register(String name) throws IOException {
    tree(name);
    try (FileWriter writer =
        kit.catalog.datasets().register(name, kit.folder.resolve(name).toString(), "TEXT")) {
      for (int i = 0; i < FOLDERS * PER_FOLDER; i++) {
        String path = "d%02d/f%02d.txt".formatted(i / PER_FOLDER, i % PER_FOLDER);
        writer.add(new NewFile(path, 0, PlanKit.MODIFIED, null, null, null, null));
      }
      writer.commit();
    }
  }

  private Path plan(String yaml) throws Exception {
    Path file = kit.folder.resolve("plan.jsonl");
    new Planner(counting(kit.catalog), files, kit.folder.resolve("scratch"))
        .plan(
            new PlanRequest(
                kit.recipe(yaml), kit.folder, kit.folder.resolve("target"), PlanKit.ZONE),
            file,
            PlanProgress.SILENT);
    return file;
  }

  private Catalog counting(Catalog real) {
    Datasets datasets =
        watched(
            Datasets.class,
            real.datasets(),
            (method, arguments) -> {
              if (method.equals("scan")) {
                scans.merge(((io.admix.catalog.Dataset) arguments[0]).name(), 1, Integer::sum);
              }
              return null;
            });
    return watched(
        Catalog.class, real, (method, none) -> method.equals("datasets") ? datasets : null);
  }

  /** Sees each call; answers it, or leaves it to the real one with null. */
  private interface Watcher {
    Object called(String method, Object[] arguments);
  }

  private static <T> T watched(Class<T> type, T real, Watcher watcher) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = watcher.called(method.getName(), arguments);
              try {
                return answer != null ? answer : method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
