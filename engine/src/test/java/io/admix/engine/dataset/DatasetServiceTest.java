package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.FileWriter;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetServiceTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  @TempDir Path temp;
  private Path folder;
  private Catalog catalog;
  private DatasetService service;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(temp.resolve("data"));
    catalog =
        Catalog.open(
            new CatalogSettings(
                "jdbc:sqlite:" + temp.resolve("catalog.db"), null, null, ZONE, Clock.systemUTC()));
    service = DatasetService.of(catalog, FileAccess.portable(), temp.resolve("state"), ZONE);
  }

  @AfterEach
  void nothingIsLeftOver() throws IOException {
    catalog.close();
    if (Files.exists(temp.resolve("state"))) {
      assertThat(Files.list(temp.resolve("state"))).as("scratch folders").isEmpty();
    }
  }

  @Test
  void everyRegularFileIsRegisteredAndLinksAreCounted() throws Exception {
    file("a.txt", "abc");
    file("sub/deep/b.txt", "de");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("a.txt"));
    Sources.changed(folder.resolve("link.txt"));
    DatasetService.Added added = add("d", null);
    assertThat(added.dataset().files()).isEqualTo(2);
    assertThat(added.dataset().bytes()).isEqualTo(5);
    assertThat(added.dataset().type()).isEqualTo("TEXT");
    assertThat(added.skipped().symlinks()).isEqualTo(1);
    assertThat(rows("d").keySet()).containsExactly("a.txt", "sub/deep/b.txt");
    assertThat(service.list()).extracting(Dataset::name).containsExactly("d");
  }

  @Test
  void theTypeIsThatOfMostFiles() throws Exception {
    file("a.JPG", "1");
    file("b.png", "1");
    file("c.txt", "1");
    assertThat(add("images", null).dataset().type()).isEqualTo("IMAGE");
  }

  @Test
  void anImageFolderWorks() throws Exception {
    file("cats/1.jpg", "x");
    file("dogs/2.jpg", "y");
    Path tags =
        file(
            "metadata.jsonl",
            """
            {"file_name": "cats/1.jpg", "animal": "cat", "legs": 4, "tame": true, "seen": ["day", "night"], "box": {"x": 1}}
            {"file_name": "dogs/2.jpg", "animal": "dog", "tagsUpdatedAt": "2025-06-30 12:00:00", "none": null}
            {"file_name": "dogs/gone.jpg", "animal": "dog"}
            """);
    DatasetService.Added added = add("pets", tags);
    assertThat(added.dataset().files()).as("the tags file itself is no sample").isEqualTo(2);
    assertThat(added.labelled()).isEqualTo(2);
    assertThat(added.unmatchedTags()).isEqualTo(1);
    assertThat(service.show("pets").distribution().labels())
        .containsEntry("animal", new TreeMap<>(Map.of("cat", 1L, "dog", 1L)))
        .containsEntry("legs", new TreeMap<>(Map.of("4", 1L)))
        .containsEntry("tame", new TreeMap<>(Map.of("true", 1L)))
        .containsEntry("seen", new TreeMap<>(Map.of("day", 1L, "night", 1L)))
        .doesNotContainKeys("box", "none");
    assertThat(rows("pets")).containsEntry("dogs/2.jpg", Instant.parse("2025-06-30T10:00:00Z"));
  }

  @Test
  void dataMateTagsAreKeptAsTheyAre() throws Exception {
    file("a.txt", "x");
    Path tags =
        Files.writeString(
            temp.resolve("tags.jsonl"),
            """
            {"path": "a.txt", "tags": [{"id": "1", "type": "choices", "from_name": "quality", "to_name": "t", "values": {"choices": ["high"]}}], "metadata": {"k": 1}}
            """);
    add("d", tags);
    assertThat(service.show("d").distribution().labels()).containsOnlyKeys("quality");
  }

  @Test
  void foldersGiveLabelsBesideTheTagsFile() throws Exception {
    file("cats/1.jpg", "x");
    file("top.jpg", "x");
    Path tags =
        Files.writeString(temp.resolve("t.jsonl"), "{\"path\":\"cats/1.jpg\",\"q\":\"high\"}");
    service.add(
        new AddRequest("d", folder, null, tags, FolderLabels.FIRST_FOLDER, Checksums.NONE),
        DatasetService.Progress.SILENT);
    assertThat(service.show("d").distribution().labels()).containsOnlyKeys("folder", "q");
    assertThat(service.show("d").distribution().unlabelled()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[1]",
        "{}",
        "{\"path\":\"a.txt\",\"file_name\":\"a.txt\"}",
        "{\"path\":7}",
        "{\"path\":\"../a.txt\"}",
        "{\"path\":\"/etc/passwd\"}",
        "{\"path\":\"a//b\"}",
        "{\"path\":\"a.txt\",\"tags\":\"x\"}",
        "{\"path\":\"a.txt\",\"metadata\":3}",
        "{\"path\":\"a.txt\",\"tagsUpdatedAt\":\"yesterday\"}",
        "{\"path\":\"a.txt\",\"tagsUpdatedAt\":[{\"id\":\"1\"}]}",
        "{\"path\":\"a.txt\",\"tagsUpdatedAt\":{}}",
        "{\"path\":\"a.txt\",\"x\":1,\"x\":2}"
      })
  void aBadLineIsRefusedWithItsNumberAndNothingIsRegistered(String line) throws Exception {
    file("a.txt", "x");
    Path tags =
        Files.writeString(temp.resolve("t.jsonl"), "{\"path\":\"a.txt\"}\n\n" + line + "\n");
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> add("d", tags));
    assertThat(refused.problems())
        .singleElement()
        .satisfies(p -> assertThat(p).contains("t.jsonl:3", "line 3"));
    assertThat(service.list()).isEmpty();
    assertThat(catalog.datasets().find("d")).isEmpty();
  }

  @Test
  void atMostTwentyBadLinesAreNamed() throws Exception {
    file("a.txt", "x");
    Path tags = Files.writeString(temp.resolve("t.jsonl"), "bad\n".repeat(50));
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> add("d", tags));
    assertThat(refused.problems()).hasSize(21).last().asString().contains("30 more");
  }

  @Test
  void twoLinesOnOneFileAreRefused() throws Exception {
    file("a.txt", "x");
    Path tags =
        Files.writeString(temp.resolve("t.jsonl"), "{\"path\":\"a.txt\"}\n{\"path\":\"a.txt\"}\n");
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> add("d", tags));
    assertThat(refused).hasMessageContaining("lines 1 and 2 both describe a.txt");
  }

  /** The join is divided into parts: each file meets its own line, whatever part it is in. */
  @Test
  void manyTagsMeetTheirFiles() throws Exception {
    StringBuilder lines = new StringBuilder();
    String filler = "f".repeat(4_000);
    for (int i = 0; i < 3_000; i++) {
      file("f" + i + ".txt", "");
      lines.append(
          "{\"path\":\"f%d.txt\",\"n\":\"%d\",\"filler\":\"%s\"}\n".formatted(i, i % 3, filler));
    }
    Path tags = Files.writeString(temp.resolve("t.jsonl"), lines);
    assertThat(Files.size(tags)).as("more than one part").isGreaterThan(2 * (4 << 20));
    DatasetService.Added added = add("d", tags);
    assertThat(added.labelled()).isEqualTo(3_000);
    assertThat(added.unmatchedTags()).isZero();
    assertThat(service.show("d").distribution().labels().get("n"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("0", 1_000L, "1", 1_000L, "2", 1_000L));
  }

  @Test
  void checksumsAreThoseOfTheBytes() throws Exception {
    file("a.txt", "abc");
    service.add(
        new AddRequest("d", folder, null, null, FolderLabels.NONE, Checksums.SHA256),
        DatasetService.Progress.SILENT);
    StringBuilder sums = new StringBuilder();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("d").orElseThrow(),
            EnumSet.of(Datasets.Column.CHECK_SUM),
            row -> sums.append(row.checkSum()));
    assertThat(sums)
        .asString()
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void whatCannotBeRegisteredIsToldAtOnce() throws Exception {
    Path missing = temp.resolve("missing");
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                service.add(
                    new AddRequest(
                        "a/b",
                        missing,
                        "IMAGES",
                        temp.resolve("no.jsonl"),
                        FolderLabels.NONE,
                        Checksums.NONE),
                    DatasetService.Progress.SILENT));
    assertThat(refused.problems()).hasSize(4);
    assertThat(refused)
        .hasMessageContaining("IMAGE")
        .hasMessageContaining(missing + " is not there");
  }

  @Test
  void aTakenNameIsRefusedWithTheWayOut() throws Exception {
    file("a.txt", "x");
    add("d", null);
    assertThat(catchThrowableOfType(RefusedException.class, () -> add("d", null)))
        .hasMessageContaining("admix dataset rescan d");
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThat(catchThrowableOfType(RefusedException.class, () -> add("d", null)))
        .hasMessageContaining("no regular file");
    assertThat(service.list()).isEmpty();
  }

  @Test
  void rescanKeepsLabelsOfFilesThatStay() throws Exception {
    file("a.txt", "x");
    file("b.txt", "x");
    add(
        "d",
        Files.writeString(
            temp.resolve("t.jsonl"),
            "{\"path\":\"a.txt\",\"q\":\"high\"}\n{\"path\":\"b.txt\",\"q\":\"low\"}"));
    Files.delete(folder.resolve("b.txt"));
    Sources.changed(folder.resolve("b.txt"));
    file("c.txt", "xyz");
    DatasetService.Added added =
        service.rescan("d", Checksums.NONE, DatasetService.Progress.SILENT);
    assertThat(added.dataset().files()).isEqualTo(2);
    assertThat(rows("d").keySet()).containsExactly("a.txt", "c.txt");
    assertThat(service.show("d").distribution().labels().get("q")).containsOnlyKeys("high");
  }

  @Test
  void rescanGivesNewAndMovedFilesTheLabelOfTheirFolder_whereTheDatasetWasRegisteredSo()
      throws Exception {
    for (String path : List.of("cats/stays.jpg", "cats/moves.jpg", "top.jpg")) {
      file(path, "x");
    }
    Path tags =
        file(
            "tags.jsonl",
            "{\"path\":\"cats/stays.jpg\",\"q\":\"high\",\"tagsUpdatedAt\":\"2025-06-30T12:00:00Z\"}");
    service.add(
        new AddRequest("d", folder, null, tags, FolderLabels.FIRST_FOLDER, Checksums.NONE),
        DatasetService.Progress.SILENT);
    Files.delete(folder.resolve("cats/moves.jpg"));
    Sources.changed(folder.resolve("cats/moves.jpg"));
    file("dogs/moves.jpg", "x");
    file("dogs/comes.jpg", "x");

    DatasetService.Added first =
        service.rescan("d", Checksums.NONE, DatasetService.Progress.SILENT);
    service.rescan("d", Checksums.NONE, DatasetService.Progress.SILENT);

    assertThat(first.labelled()).isEqualTo(3);
    assertThat(labels())
        .containsOnly(
            Map.entry("cats/stays.jpg", List.of("folder=cats", "q=high")),
            Map.entry("dogs/moves.jpg", List.of("folder=dogs")),
            Map.entry("dogs/comes.jpg", List.of("folder=dogs")),
            Map.entry("top.jpg", List.of()));
    assertThat(rows("d")).containsEntry("cats/stays.jpg", Instant.parse("2025-06-30T12:00:00Z"));
  }

  @Test
  void rescanGivesNoLabels_whereTheDatasetWasRegisteredWithout_orNobodyKnows() throws Exception {
    file("cats/old.jpg", "x");
    add("d", null);
    try (FileWriter before = catalog.datasets().register("older", folder.toString(), "IMAGE")) {
      before.commit();
    }
    file("cats/new.jpg", "x");
    for (String name : List.of("d", "older")) {
      DatasetService.Added added =
          service.rescan(name, Checksums.NONE, DatasetService.Progress.SILENT);
      assertThat(added.labelled()).isZero();
      assertThat(service.show(name).distribution().unlabelled()).isEqualTo(2);
    }
  }

  /** Path to labels of dataset d. */
  private Map<String, List<String>> labels() {
    Map<String, List<String>> labels = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("d").orElseThrow(),
            EnumSet.of(Datasets.Column.TAGS),
            row -> {
              List<String> own = new ArrayList<>();
              row.anyLabel((label, value) -> {
                own.add(label + "=" + value);
                return false;
              });
              own.sort(null);
              labels.put(row.relativePath(), own);
            });
    return labels;
  }

  @Test
  void rescanKeepsChecksumsOfUnchangedFilesOnly_andMakesAllWhenAsked() throws Exception {
    file("same.txt", "x");
    file("grows.txt", "x");
    service.add(
        new AddRequest("d", folder, null, null, FolderLabels.NONE, Checksums.SHA256),
        DatasetService.Progress.SILENT);
    Map<String, String> first = checkSums();
    file("grows.txt", "xyz");
    file("new.txt", "y");
    service.rescan("d", Checksums.NONE, DatasetService.Progress.SILENT);
    assertThat(checkSums())
        .containsOnly(
            Map.entry("same.txt", first.get("same.txt")),
            Map.entry("grows.txt", "null"),
            Map.entry("new.txt", "null"));
    service.rescan("d", Checksums.SHA256, DatasetService.Progress.SILENT);
    assertThat(checkSums())
        .containsEntry("same.txt", first.get("same.txt"))
        .containsEntry(
            "grows.txt", "3608bca1e44ea6c4d268eb6db02260269892c0b42b86bbf1e77a6fa16c3c9282")
        .containsEntry(
            "new.txt", "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa");
  }

  private Map<String, String> checkSums() {
    Map<String, String> sums = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("d").orElseThrow(),
            EnumSet.of(Datasets.Column.CHECK_SUM),
            row -> sums.put(row.relativePath(), String.valueOf(row.checkSum())));
    return sums;
  }

  @Test
  void removingADatasetLeavesItsFolderAndFilesAreOnlyDeletedForMixes() throws Exception {
    file("a.txt", "x");
    add("d", null);
    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () ->
                    service.remove(
                        "d", DatasetService.Files.DELETE, DatasetService.Progress.SILENT)))
        .hasMessageContaining("not Admix's to delete");
    assertThat(service.remove("d", DatasetService.Files.KEEP, DatasetService.Progress.SILENT))
        .isZero();
    assertThat(folder.resolve("a.txt")).exists();
    assertThat(service.list()).isEmpty();
  }

  @Test
  void anUnknownNameSuggestsTheNearOne() throws Exception {
    file("a.txt", "x");
    add("python", null);
    assertThat(catchThrowableOfType(RefusedException.class, () -> service.show("pyton")))
        .hasMessageContaining("Did you mean python?");
    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> service.manifest("python", new ByteArrayOutputStream())))
        .hasMessageContaining("only a mix");
  }

  private DatasetService.Added add(String name, Path tags) throws Exception {
    return service.add(
        new AddRequest(name, folder, null, tags, FolderLabels.NONE, Checksums.NONE),
        DatasetService.Progress.SILENT);
  }

  private Path file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-02T03:04:05Z")));
    return Sources.made(folder, file);
  }

  /** Path to tag time. */
  private Map<String, Instant> rows(String name) {
    Map<String, Instant> rows = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find(name).orElseThrow(),
            EnumSet.of(Datasets.Column.TAGGED_AT),
            row ->
                rows.put(
                    row.relativePath(), row.taggedAt() == null ? Instant.MIN : row.taggedAt()));
    return rows;
  }
}
