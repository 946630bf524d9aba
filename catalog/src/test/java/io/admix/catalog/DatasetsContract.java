package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What datasets promise on every database. */
public abstract class DatasetsContract extends CatalogContract {

  @Test
  void aRegisteredDatasetHasItsRowsAndCounts() {
    Dataset dataset = register("code", file("a.java"), file("sub/𝒳 é.TXT"), file("noext"));

    assertThat(datasets.find("code")).contains(dataset);
    assertThat(datasets.byId(dataset.id())).contains(dataset);
    assertThat(dataset.files()).isEqualTo(3);
    assertThat(dataset.bytes()).isEqualTo(6 + 12 + 5);
    assertThat(dataset.status()).isEqualTo("ACTIVE");
    assertThat(dataset.kind()).isEqualTo(Dataset.Kind.SCANNED);
    assertThat(dataset.createdAt()).isEqualTo(clock.instant());
    assertThat(ids(dataset)).containsOnlyKeys("a.java", "sub/𝒳 é.TXT", "noext");
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_dm_dataset_files WHERE file_type = 'txt' AND file_name = '𝒳 é.TXT'"))
        .isEqualTo(1);
  }

  @Test
  void allColumnsComeBackAsWritten() {
    Dataset dataset = register("code", tagged("a"));
    List<String> seen = new ArrayList<>();
    ScanSummary summary =
        datasets.scan(
            dataset,
            Set.of(Datasets.Column.values()),
            row ->
                seen.add(
                    row.relativePath()
                        + row.size()
                        + row.checkSum()
                        + row.modified()
                        + row.taggedAt()));

    assertThat(seen).containsExactly("a7" + "c".repeat(64) + MODIFIED + MODIFIED.plusSeconds(1));
    assertThat(summary).isEqualTo(new ScanSummary(1, 0, List.of()));
    assertThat(labels(dataset)).containsExactly("a quality=high", "a quality=top");
  }

  @Test
  void withoutCommitNothingIsLeft() {
    try (FileWriter writer = datasets.register("code", "/data/code", "TEXT")) {
      for (int i = 0; i < 5_000; i++) {
        writer.add(file("f" + i));
      }
      assertThat(datasets.find("code")).isEmpty();
      assertThat(datasets.list()).isEmpty();
    }
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isZero();
    assertThat(count("SELECT COUNT(*) FROM t_dm_datasets")).isZero();
    assertThat(register("code", file("a")).files()).isEqualTo(1);
  }

  @Test
  void tagsThatAreNoJsonAreRefusedWithTheFile() {
    try (FileWriter writer = datasets.register("code", "/data/code", "TEXT")) {
      for (String odd : List.of("", "[", "[] []", "{a:1}")) {
        assertThatThrownBy(() -> writer.add(new NewFile("odd", 1, MODIFIED, null, odd, null, null)))
            .isInstanceOf(CatalogException.class)
            .hasMessageContaining("'odd'");
      }
      writer.add(file("good"));
      assertThat(writer.commit().files()).isEqualTo(1);
    }
  }

  @Test
  void aTakenNameIsRefusedAndTheHolderNamed() {
    Dataset dataset = register("code", file("a"));
    assertThatThrownBy(() -> datasets.register("code", "/elsewhere", "TEXT"))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("'code'")
        .hasMessageContaining(dataset.id())
        .hasMessageContaining("ACTIVE");
    Task task = create("mix");
    assertThatThrownBy(() -> datasets.register("mix", "/elsewhere", "TEXT"))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining(task.id());
    assertThatThrownBy(() -> create("code"))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining(dataset.id());
    assertThat(count("SELECT COUNT(*) FROM t_dm_datasets"))
        .as("what was refused left nothing")
        .isEqualTo(2);
  }

  @Test
  void aNameIsFreeToAnotherOwnerUnlessItIsShared() {
    NewTask first = newTask("mix", "/mixes/1");
    NewTask second = newTask("mix", "/mixes/2");
    tasks.create(first);
    tasks.create(
        new NewTask(
            second.id(),
            "mix",
            "somebody else",
            "{}",
            "abc",
            second.targetPath(),
            second.datasetId(),
            "TEXT",
            1,
            List.of()));
    assertThat(tasks.list()).hasSize(2);
  }

  @Test
  void aDeadRegistrationGivesItsNameBack() {
    FileWriter crashed = datasets.register("code", "/data/code", "TEXT");
    crashed.add(file("a"));
    assertThatThrownBy(() -> datasets.register("code", "/data/code", "TEXT"))
        .as("it lives")
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("being registered");
    sql("UPDATE {a}datasets SET writer = 'another machine|1|2'");
    assertThatThrownBy(() -> datasets.register("code", "/data/code", "TEXT"))
        .as("its lease lasts")
        .isInstanceOf(NameTakenException.class);
    clock.advance(Duration.ofMinutes(61));

    Dataset dataset = register("code", file("b"));

    assertThat(ids(dataset)).containsOnlyKeys("b");
    assertThat(count("SELECT COUNT(*) FROM t_dm_datasets")).isEqualTo(1);
    assertThatThrownBy(crashed::commit).isInstanceOf(LeaseLostException.class);
    crashed.close();
    assertThat(ids(dataset)).containsOnlyKeys("b");
  }

  @Test
  void aProcessThatEndedOnThisMachineIsDeadAtOnce() {
    datasets.register("code", "/data/code", "TEXT");
    String self = Writer.self();
    sql("UPDATE {a}datasets SET writer = ?", self.substring(0, self.lastIndexOf('|')) + "|1");
    assertThat(register("code", file("b")).files()).isEqualTo(1);
  }

  @Test
  void rescanKeepsWhatBelongsToAnUnchangedPath() {
    Dataset dataset =
        register("code", tagged("stays"), tagged("grows"), tagged("goes"), file("is tagged anew"));
    sql("UPDATE t_dm_dataset_files SET annotation = '{\"by\":\"hand\"}' WHERE file_name = 'stays'");
    Map<String, String> before = ids(dataset);
    Dataset after;
    try (FileWriter writer = datasets.rescan(dataset)) {
      writer.add(new NewFile("stays", 7, MODIFIED, null, null, null, null));
      writer.add(new NewFile("grows", 8, MODIFIED, null, null, null, null));
      writer.add(tagged("is tagged anew"));
      writer.add(file("comes"));
      assertThat(ids(dataset)).as("not visible before the commit").isEqualTo(before);
      after = writer.commit();
    }

    assertThat(after.id()).isEqualTo(dataset.id());
    assertThat(after.files()).isEqualTo(4);
    assertThat(ids(after)).containsOnlyKeys("stays", "grows", "is tagged anew", "comes");
    for (String kept : List.of("stays", "grows", "is tagged anew")) {
      assertThat(ids(after)).containsEntry(kept, before.get(kept));
    }
    assertThat(labels(after))
        .contains("stays quality=high", "grows quality=high", "is tagged anew quality=high");
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_dm_dataset_files WHERE annotation IS NOT NULL AND metadata IS NOT NULL AND tags_updated_at IS NOT NULL"))
        .isEqualTo(1);
    List<String> sums = new ArrayList<>();
    datasets.scan(
        after,
        Set.of(Datasets.Column.CHECK_SUM),
        row -> sums.add(row.relativePath() + " " + (row.checkSum() != null)));
    assertThat(sums)
        .as("a checksum of other bytes is not kept")
        .containsExactlyInAnyOrder(
            "stays true", "grows false", "is tagged anew true", "comes false");
    assertThat(count("SELECT COUNT(*) FROM t_dm_datasets")).isEqualTo(1);
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isEqualTo(4);
  }

  @Test
  void rescanBringsMetadata_besideWhatIsThere() {
    Dataset dataset;
    try (FileWriter writer = datasets.register("places", "/data/places", "TEXT")) {
      writer.add(withMetadata("both", "{\"note\": \"kept\", \"s3\": {\"etag\": \"1\"}}"));
      writer.add(withMetadata("old", "{\"note\": \"kept\"}"));
      writer.add(withMetadata("new", null));
      dataset = writer.commit();
    }
    try (FileWriter writer = datasets.rescan(dataset)) {
      writer.add(withMetadata("both", "{\"s3\": {\"etag\": \"2\"}}"));
      writer.add(withMetadata("old", null));
      writer.add(withMetadata("new", "{\"s3\": {\"etag\": \"3\"}}"));
      dataset = writer.commit();
    }
    Map<String, String> rows = new TreeMap<>();
    datasets.scan(
        dataset,
        EnumSet.of(Datasets.Column.METADATA),
        row -> rows.put(row.relativePath(), String.valueOf(row.metadata()).replaceAll("\\s", "")));
    assertThat(rows.get("both"))
        .as("in whichever order of keys")
        .contains("\"note\":\"kept\"", "\"s3\":{\"etag\":\"2\"}")
        .doesNotContain("\"1\"");
    assertThat(rows)
        .containsEntry("old", "{\"note\":\"kept\"}")
        .containsEntry("new", "{\"s3\":{\"etag\":\"3\"}}");
  }

  private static NewFile withMetadata(String path, @Nullable String metadata) {
    return new NewFile(path, 7, MODIFIED, null, null, null, metadata);
  }

  @Test
  void rescanGivesTagsToWhatHasNone_andKeepsOthersWithTheirTime() {
    Dataset dataset = register("code", tagged("has"), file("lacks"));
    Instant taggedAt = taggedAt(dataset).get("has");
    String other = TAGS.replace("quality", "folder");
    Instant later = MODIFIED.plusSeconds(60);
    try (FileWriter writer = datasets.rescan(dataset)) {
      for (String path : List.of("has", "lacks", "comes")) {
        writer.add(new NewFile(path, 7, MODIFIED, null, other, later, null));
      }
      dataset = writer.commit();
    }
    assertThat(labels(dataset))
        .containsExactly(
            "comes folder=high",
            "comes folder=top",
            "has quality=high",
            "has quality=top",
            "lacks folder=high",
            "lacks folder=top");
    assertThat(taggedAt(dataset))
        .containsOnly(
            Map.entry("has", taggedAt), Map.entry("lacks", later), Map.entry("comes", later));
  }

  private Map<String, Instant> taggedAt(Dataset dataset) {
    Map<String, Instant> times = new TreeMap<>();
    datasets.scan(
        dataset,
        Set.of(Datasets.Column.TAGGED_AT),
        row -> times.put(row.relativePath(), row.taggedAt()));
    return times;
  }

  @Test
  void howFilesGotTheirLabelsIsKeptWithTheDataset_alsoOverARescan() {
    Labelling folders = new Labelling(true, "sub/tags.jsonl");
    Dataset dataset;
    try (FileWriter writer = datasets.register("alice", "code", "/data/code", "TEXT", folders)) {
      writer.add(file("a"));
      dataset = writer.commit();
    }
    assertThat(dataset.labelling()).isEqualTo(folders);
    try (FileWriter writer = datasets.rescan(dataset)) {
      writer.add(file("b"));
      assertThat(writer.commit().labelling()).isEqualTo(folders);
    }
    assertThat(datasets.byId(dataset.id()).orElseThrow().labelling()).isEqualTo(folders);
    try (FileWriter writer =
        datasets.register("alice", "plain", "/data", "TEXT", new Labelling(false, null))) {
      assertThat(writer.commit().labelling()).isEqualTo(new Labelling(false, null));
    }
    assertThat(register("unknown", file("a")).labelling()).isNull();
    insertForeign("theirs");
    assertThat(foreign("theirs").labelling()).isNull();
  }

  @Test
  void rescanWithoutCommitChangesNothingAndTwoAtOnceAreRefused() {
    Dataset dataset = register("code", file("a"), file("b"));
    Map<String, String> before = ids(dataset);
    try (FileWriter writer = datasets.rescan(dataset)) {
      writer.add(file("c"));
      assertThatThrownBy(() -> datasets.rescan(dataset))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("being scanned");
    }
    assertThat(ids(dataset)).isEqualTo(before);
    assertThat(datasets.byId(dataset.id())).contains(dataset);
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isEqualTo(2);
    datasets.rescan(dataset).close();
  }

  @Test
  void removeIsRefusedWhileATaskUsesTheDataset() {
    Dataset dataset = register("code", file("a"));
    Task task =
        tasks.create(
            newTask(
                "mix", "/mixes/mix", new NewTask.Relation(dataset.id(), "code", "50%", 5L, "{}")));
    assertThatThrownBy(() -> datasets.remove(dataset))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining(task.id());
    Tasks.Lease lease = acquire(task, "one");
    tasks.release(lease, Task.Status.FAILED, true, "disk full");
    assertThatThrownBy(() -> datasets.remove(dataset))
        .as("resumable")
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("FAILED");
    tasks.cancelled(acquire(task, "one"));

    datasets.remove(dataset);

    assertThat(datasets.find("code")).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isZero();
    register("code", file("a"));
  }

  @Test
  void oddTagsHideNothing() {
    insertForeign("odd");
    insertForeignFile("odd", "a", "null");
    insertForeignFile("odd", "b", null);
    insertForeignFile("odd", "c", "[]");
    insertForeignFile("odd", "d", "{\"type\":\"choices\"}");
    insertForeignFile(
        "odd",
        "e",
        "[null, 3, \"x\", {\"type\":null,\"from_name\":\"n\",\"values\":{\"a\":\"1\"}}, {\"type\":\"a\",\"from_name\":null,\"values\":{\"a\":\"1\"}}, {\"type\":\"a\",\"from_name\":\"n\",\"values\":null},"
            + " {\"from_name\":\"size\",\"values\":{\" Choices \":\"big\",\"other\":\"no\"},\"type\":\"cHOICES\"},"
            + " {\"type\":\"t\",\"from_name\":\"list\",\"values\":{\"t\":[1, \"one\", null, [\"in\"], {\"k\":\"v\"}, \"two\"]}}]");
    assertThat(labels(foreign("odd"))).containsExactly("e list=one", "e list=two", "e size=big");
  }

  @Test
  void ofAForeignDatasetRowsOfOneFileAreNeighboursAndUnsafePathsAreCounted() {
    insertForeign("theirs");
    for (String path :
        List.of(
            "b",
            "a",
            "Z",
            "b",
            "a",
            "../x",
            "x/../y",
            "./p",
            "q//r",
            "dir/",
            "ok/..hidden/f",
            "a",
            "b.c")) {
      insertForeignFile("theirs", path, null);
    }
    sql(
        "UPDATE t_dm_dataset_files SET file_path = '/etc/passwd' WHERE file_path = '/foreign/theirs/dir/'");
    List<String> seen = new ArrayList<>();
    ScanSummary summary =
        datasets.scan(foreign("theirs"), Set.of(), row -> seen.add(row.relativePath()));

    assertThat(seen).containsExactly("Z", "a", "a", "a", "b", "b", "b.c", "ok/..hidden/f");
    assertThat(summary.rows()).isEqualTo(8);
    assertThat(summary.unsafePaths()).isEqualTo(5);
    assertThat(summary.unsafe())
        .containsExactlyInAnyOrder(
            "/etc/passwd",
            "/foreign/theirs/../x",
            "/foreign/theirs/x/../y",
            "/foreign/theirs/./p",
            "/foreign/theirs/q//r");
    assertThat(foreign("theirs").kind()).isEqualTo(Dataset.Kind.FOREIGN);
    assertThatThrownBy(() -> datasets.remove(foreign("theirs")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("another system");
    assertThatThrownBy(() -> datasets.register("theirs", "/x", "TEXT"))
        .isInstanceOf(NameTakenException.class);
  }

  @Test
  void foreignDatasetsOfOneNameAreToBeNamedById() {
    insertForeign("twice");
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('other-id', 'twice', 'TEXT', '/x', 'ACTIVE')");
    assertThatThrownBy(() -> datasets.find("twice"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("other-id");
    assertThat(datasets.byId("other-id").orElseThrow().createdAt()).isNotNull();
  }

  @Test
  void datasetsAreListedByTheBytesOfTheirNames() {
    for (String name : List.of("b", "a", "Z", "é", "_x", "𝒳", "\uffee")) {
      register(name, file("f"));
    }
    assertThat(datasets.list())
        .extracting(Dataset::name)
        .containsExactly("Z", "_x", "a", "b", "é", "\uffee", "𝒳");
  }

  @Test
  void theDistributionCountsLabelsSizesAndMonths() {
    Dataset dataset =
        register(
            "code",
            new NewFile("empty", 0, Instant.parse("2025-01-31T23:30:00Z"), null, null, null, null),
            new NewFile("one", 1, Instant.parse("2025-03-01T00:00:00Z"), null, TAGS, null, null),
            new NewFile(
                "three",
                3,
                Instant.parse("2025-03-02T00:00:00Z"),
                null,
                TAGS.replace("\"top\"", "\"low\""),
                null,
                null));
    Distribution distribution = datasets.distribution(dataset);
    assertThat(distribution.labels()).containsOnlyKeys("quality");
    assertThat(distribution.labels().get("quality"))
        .containsExactly(Map.entry("high", 2L), Map.entry("low", 1L), Map.entry("top", 1L));
    assertThat(distribution.unlabelled()).isEqualTo(1);
    assertThat(distribution.otherValues()).isZero();
    assertThat(distribution.sizes()).startsWith(1, 1, 1, 0);
    assertThat(distribution.oldest()).isEqualTo(Instant.parse("2025-01-31T23:30:00Z"));
    assertThat(distribution.newest()).isEqualTo(Instant.parse("2025-03-02T00:00:00Z"));
    String first = settings.zone().getId().equals("UTC") ? "2025-01" : "2025-02";
    assertThat(distribution.months())
        .containsExactly(Map.entry(first, 1L), Map.entry("2025-03", 2L));
  }

  @Test
  void aScanHoldsNoRows() {
    int files = 100_000;
    try (FileWriter writer = datasets.register("large", "/data/large", "TEXT")) {
      for (int i = 0; i < files; i++) {
        writer.add(file("d" + i / 100 + "/file" + i));
      }
      writer.commit();
    }
    Dataset large = datasets.find("large").orElseThrow();
    long statements = database().statements();
    Set<FileRow> objects = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    ScanSummary summary = datasets.scan(large, Set.of(), objects::add);
    assertThat(summary.rows()).isEqualTo(files);
    assertThat(objects).as("one row object for all").hasSize(1);
    assertThat(database().statements() - statements).isEqualTo(1);
  }

  @Test
  void aScannedRowGivesPathAndIdAsBytesToo_alsoBeyondAscii() {
    List<String> paths = List.of("a/b", "é", "数据/𝒳", "\u007f");
    Dataset dataset = register("code", file("a/b"), file("é"), file("数据/𝒳"), file("\u007f"));
    List<String> seen = new ArrayList<>();
    datasets.scan(
        dataset,
        Set.of(),
        row -> {
          seen.add(new String(row.relativeUtf8(), java.nio.charset.StandardCharsets.UTF_8));
          assertThat(seen.getLast()).isEqualTo(row.relativePath());
          assertThat(row.idUtf8())
              .isEqualTo(row.id().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(paths);
  }

  @Test
  void aScanMayWriteMeanwhileAndSeesItsSnapshot() {
    Dataset dataset = register("code", file("a"), file("b"), file("c"));
    List<String> seen = new ArrayList<>();
    datasets.scan(
        dataset,
        Set.of(),
        row -> {
          if (seen.isEmpty()) {
            sql("DELETE FROM t_dm_dataset_files WHERE dataset_id = ?", dataset.id());
          }
          seen.add(row.relativePath());
        });
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(ids(dataset)).isEmpty();
  }

  private void insertForeign(String name) {
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES (?, ?, 'TEXT', ?, 'ACTIVE')",
        name + "-id",
        name,
        "/foreign/" + name);
  }

  private Dataset foreign(String name) {
    return datasets.find(name).orElseThrow();
  }

  private void insertForeignFile(String dataset, String path, String tags) {
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, tags, status) VALUES (?, ?, ?, ?, 1, ?, 'ACTIVE')",
        Ids.next(),
        dataset + "-id",
        path.substring(path.lastIndexOf('/') + 1),
        "/foreign/" + dataset + "/" + path,
        tags);
  }
}
