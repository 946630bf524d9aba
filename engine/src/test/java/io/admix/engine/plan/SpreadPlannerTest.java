package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.engine.place.ObjectFacts;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans of datasets in parts against plans made on one machine: the same bytes, or the same
 * refusal.
 */
class SpreadPlannerTest {
  private static final int[] PARTS = {1, 2, 3, 7, 64};
  private static final String[] LAYOUTS = {"by-source", "flat", "sharded"};

  @TempDir Path folder;
  private PlanKit kit;
  private int works;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private byte[] alone(String yaml) throws Exception {
    Path file = kit.folder.resolve("plan-alone");
    kit.planner.plan(request(yaml), file, PlanProgress.SILENT);
    return Files.readAllBytes(file);
  }

  private byte[] spread(String yaml, int parts) throws Exception {
    return spread(yaml, parts(parts));
  }

  private PartsHere parts(int parts) throws IOException {
    Path scratch = Files.createDirectories(kit.folder.resolve("scratch-of-workers"));
    return new PartsHere(kit.catalog, scratch, parts);
  }

  private byte[] spread(String yaml, PartsHere parts) throws Exception {
    Path file = kit.folder.resolve("plan-spread");
    Path work = Files.createDirectories(kit.folder.resolve("work-" + works++));
    new SpreadPlanner(
            kit.catalog,
            FileAccess.portable(),
            new io.admix.engine.place.LazyStore(io.admix.files.object.ObjectSettings.DEFAULT),
            kit.folder.resolve("scratch"),
            parts.export(),
            parts,
            work)
        .plan(request(yaml), file, PlanProgress.SILENT);
    kit.requireCleanScratch();
    return Files.readAllBytes(file);
  }

  private PlanRequest request(String yaml) {
    return new PlanRequest(
        kit.recipe(yaml), kit.folder, kit.folder.resolve("target"), PlanKit.ZONE);
  }

  private void assertSame(String yaml, int parts) throws Exception {
    String message = null;
    byte[] alone = {};
    try {
      alone = alone(yaml);
    } catch (InfeasibleException | PlanException e) {
      message = e.getMessage();
    }
    if (message == null) {
      assertThat(new String(spread(yaml, parts), java.nio.charset.StandardCharsets.UTF_8))
          .as("%d parts, %s", parts, yaml)
          .isEqualTo(new String(alone, java.nio.charset.StandardCharsets.UTF_8));
    } else {
      assertThatThrownBy(() -> spread(yaml, parts))
          .as("%d parts, %s", parts, yaml)
          .hasMessage(message);
    }
  }

  /** Files with some base names that are the same or read as numbered ones, most of them there. */
  private void register(String name, int files, Random random) throws Exception {
    Path root = Files.createDirectories(kit.folder.resolve("roots").resolve(name));
    try (FileWriter writer = kit.catalog.datasets().register(name, root.toString(), "TEXT")) {
      for (int i = 0; i < files; i++) {
        String path = path(i, random);
        if (random.nextInt(10) > 0) {
          Path file = root.resolve(path);
          Files.createDirectories(file.getParent());
          Files.write(file, new byte[random.nextInt(3)]);
        }
        writer.add(
            new NewFile(
                path,
                random.nextInt(3),
                PlanKit.MODIFIED.plusSeconds(random.nextInt(1_000_000)),
                null,
                tags(random),
                random.nextBoolean()
                    ? null
                    : Instant.ofEpochSecond(random.nextInt(1 << 30), 123_000),
                null));
      }
      writer.commit();
    }
    Sources.watch(root);
  }

  private static String path(int number, Random random) {
    String folder =
        List.of("", "a/", "a-b/", "a/b/", "z/é/", "q/" + number % 7 + "/").get(random.nextInt(6));
    String name = List.of("x", "x_1", "y.txt", "y_2.txt", "high").get(random.nextInt(5));
    // The first of a folder keep such a name, the others have one of their own.
    return number < 40 ? folder + number + "/" + name : folder + "f" + number + "_" + name;
  }

  private static String tags(Random random) {
    return random.nextInt(3) == 0
        ? null
        : "[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"%s\"]}}]"
            .formatted(random.nextBoolean() ? "high" : "low");
  }

  private String recipe(Random random, int seed) {
    StringBuilder yaml = new StringBuilder("name: m\nseed: " + seed);
    boolean isMax = random.nextInt(4) == 0;
    yaml.append("\ntotal: ").append(isMax ? "max" : String.valueOf(5 + random.nextInt(150)));
    yaml.append("\nlayout: ").append(LAYOUTS[random.nextInt(3)]);
    yaml.append("\non-shortage: ")
        .append(List.of("fail", "take-all", "redistribute").get(random.nextInt(3)));
    yaml.append("\non-error: ").append(random.nextBoolean() ? "replace" : "fail");
    yaml.append("\nsources:\n");
    for (String dataset : List.of("d", "d-x", "d", "d")) {
      yaml.append("  - {dataset: ").append(dataset);
      yaml.append(", weight: ").append(1 + random.nextInt(5));
      yaml.append(filter(random)).append("}\n");
    }
    if (random.nextBoolean()) {
      yaml.append("  - {path: data, weight: 1}\n");
    }
    return yaml.toString();
  }

  private static String filter(Random random) {
    return List.of(
            "",
            "",
            ", label: {name: quality, values: [high]}",
            ", include: ['**/*_*', 'a/**']",
            ", exclude: ['q/**']",
            ", tagged: {since: 1975-01-01, until: 1999-12-31}",
            ", modified: {since: 2025-03-02}")
        .get(random.nextInt(7));
  }

  @Test
  void whateverIsAsked_thePlanIsThatOfOneMachine_inHoweverManyParts() throws Exception {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    register("d", 200, random);
    register("d-x", 80, random);
    for (int i = 0; i < 20; i++) {
      kit.unwatchedFile("data/" + (i % 3) + "/y_" + i + ".txt", i);
    }
    Sources.watch(kit.folder.resolve("data"));
    for (int round = 0; round < 12; round++) {
      String yaml = recipe(random, round);
      try {
        assertSame(yaml, PARTS[round % PARTS.length]);
      } catch (AssertionError | Exception e) {
        throw new AssertionError("test seed " + testSeed + "\n" + yaml, e);
      }
    }
  }

  @Test
  void rowsOfOneFile_areCountedOnce_asOnOneMachine() throws Exception {
    String root = Files.createDirectories(kit.folder.resolve("theirs")).toString();
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('f-id', 'f', 'TEXT', ?, 'ACTIVE')",
        root);
    for (int i = 0; i < 60; i++) {
      sql(
          "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, tags, status) VALUES (?, 'f-id', 'x', ?, 1, ?, 'ACTIVE')",
          "row-%03d".formatted(i),
          root + "/" + i % 5 + "/" + i % 25,
          i % 2 == 0 ? null : tags(new Random(i)));
    }
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, status) VALUES ('bad', 'f-id', 'x', ?, 1, 'ACTIVE')",
        root + "/../x");
    for (int parts : PARTS) {
      assertSame(
          "name: m\nseed: 1\ntotal: max\nlayout: flat\nsources:\n  - {dataset: f, weight: 1, label: {name: quality, values: [high]}}\n  - {dataset: f, weight: 2}\n",
          parts);
    }
  }

  private void sql(String statement, Object... values) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  @Test
  void symbolicLinks_areFollowedOrRefused_asOnOneMachine() throws Exception {
    Path root = Files.createDirectories(kit.folder.resolve("roots/l/sub"));
    Path inside = Files.writeString(root.resolve("inside"), "in");
    Path elsewhere = Files.createDirectories(kit.folder.resolve("roots/other"));
    Path other = Files.writeString(elsewhere.resolve("other"), "other");
    Path secret = Files.writeString(kit.folder.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("to-inside"), inside);
    Files.createSymbolicLink(root.resolve("to-other"), other);
    Files.createSymbolicLink(root.resolve("to-secret"), secret);
    Files.createSymbolicLink(root.resolve("to-nothing"), root.resolve("nothing"));
    Sources.watch(kit.folder.resolve("roots"));
    kit.register("other", List.of("other"));
    kit.register(
        "l",
        List.of("sub/inside", "sub/to-inside", "sub/to-other", "sub/to-secret", "sub/to-nothing"));
    String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: l, count: 5}\n";
    assertThat(new String(alone(yaml), java.nio.charset.StandardCharsets.UTF_8))
        .contains(other.toString())
        .doesNotContain(secret.toString());
    assertSame(yaml, 2);
  }

  @Test
  void objectsAreKnownByTheirListing_asOnOneMachine() throws Exception {
    try (FileWriter writer = kit.catalog.datasets().register("o", "s3://bucket/p/", "TEXT")) {
      for (int i = 0; i < 40; i++) {
        String storage = i % 5 == 0 ? "GLACIER" : "STANDARD";
        String facts = new ObjectFacts("\"etag-" + i + "\"", storage).in(null);
        writer.add(
            new NewFile("f/" + i, i, PlanKit.MODIFIED.plusMillis(i), null, null, null, facts));
      }
      writer.commit();
    }
    String yaml =
        "name: m\nseed: 1\nlink: [copy]\nlayout: sharded\non-error: replace\nsources:\n  - {dataset: o, count: 20}\n  - {dataset: o, count: 5}\n";
    assertThat(new String(alone(yaml), java.nio.charset.StandardCharsets.UTF_8)).contains("etag-");
    for (int parts : PARTS) {
      assertSame(yaml, parts);
    }
  }

  @Test
  void aDatasetThatChangedSinceItsParts_isRefusedByName() throws Exception {
    kit.register("d", List.of("a", "b"));
    PartsHere parts = parts(2);
    kit.catalog.datasets().find("d").ifPresent(kit.catalog.datasets()::remove);
    kit.register("d", List.of("a", "b", "c"));
    kit.register("e", List.of("a"));
    String yaml =
        "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 1}\n  - {dataset: e, count: 1}\n";
    assertThatThrownBy(() -> spread(yaml, parts))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("source `d`: dataset `d` is not in the export of")
        .hasMessageContaining("source `e`: dataset `e` is not in the export of");
  }

  @Test
  void aPartThatIsNotAsItWasWritten_isRefused() throws Exception {
    kit.register("d", List.of("a", "b", "c", "d"));
    String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 1}\n";
    PartsHere shorter = parts(2);
    shorter.rows.values().iterator().next().get(1).removeLast();
    assertThatThrownBy(() -> spread(yaml, shorter))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("part part-1")
        .hasMessageContaining("it has 1 rows instead of 2");
    PartsHere turned = parts(2);
    List<List<PartsHere.Stored>> rows = turned.rows.values().iterator().next();
    rows.set(0, new ArrayList<>(rows.get(0).reversed()));
    assertThatThrownBy(() -> spread(yaml, turned))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("part part-0")
        .hasMessageContaining("its rows are not in order: `b` stands before `a`");
    PartsHere swapped = parts(2);
    List<List<PartsHere.Stored>> parts = swapped.rows.values().iterator().next();
    parts.add(parts.removeFirst());
    assertThatThrownBy(() -> spread(yaml, swapped))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("part part-1")
        .hasMessageContaining("its first row `a` stands before the last of the part before it");
  }

  @Test
  void aDatasetThatWasScannedAgain_alsoWhileItIsPlanned_isRefused_andNothingIsMade()
      throws Exception {
    Dataset dataset = kit.register("d", List.of("a", "b"));
    String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 1}\n";
    PartsHere meanwhile = parts(2);
    meanwhile.beforeChoosing = () -> rescan(dataset);
    assertThatThrownBy(() -> spread(yaml, meanwhile))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("source `d`: dataset `d` has changed since the export of")
        .hasMessageContaining("with 2 files")
        .hasMessageContaining("with 3 files")
        .hasMessageContaining("the plan was not made");
    PartsHere old = meanwhile;
    old.beforeChoosing = () -> {};
    assertThatThrownBy(() -> spread(yaml, old))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("export it again with `admix dataset export`");
    assertThat(kit.folder.resolve("plan-spread")).doesNotExist();
  }

  private void rescan(Dataset dataset) {
    try (FileWriter writer = kit.catalog.datasets().rescan(dataset)) {
      for (String path : List.of("a", "b", "c")) {
        writer.add(new NewFile(path, 1, PlanKit.MODIFIED, null, null, null, null));
      }
      writer.commit();
    }
  }

  @Test
  void aWorkerWithoutTheFolder_orWithAnotherOne_isNamed_andNothingIsMade() throws Exception {
    kit.register("d", List.of("a", "b"));
    Path root = kit.folder.resolve("roots/d");
    Path away = kit.folder.resolve("roots/away");
    String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 2}\n";
    PartsHere without = parts(2);
    without.beforeChoosing = () -> move(root, away);
    assertThatThrownBy(() -> spread(yaml, without))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(
            "host worker-0: the folder %s of dataset `d` cannot be opened there".formatted(root))
        .hasMessageContaining("host worker-1");
    move(away, root);
    PartsHere other = parts(1);
    other.beforeChoosing =
        () -> {
          move(root, away);
          assertThat(root.toFile().mkdir()).isTrue();
        };
    assertThatThrownBy(() -> spread(yaml, other))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(
            "host worker-0: the folder %s of dataset `d` is another one there".formatted(root))
        .hasMessageContaining("mount the same one");
    assertThat(kit.folder.resolve("plan-spread")).doesNotExist();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
