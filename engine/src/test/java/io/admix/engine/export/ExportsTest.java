package io.admix.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.engine.RefusedException;
import io.admix.engine.export.Exports.Existing;
import io.admix.engine.export.Exports.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {
  private static final Instant TIME = Instant.parse("2025-03-01T12:00:00.123456Z");
  private static final Exports.Progress SILENT = (step, dataset, rows, total) -> {};

  @TempDir Path folder;
  private Catalog catalog;
  private Path target;

  private record Row(
      String path,
      long size,
      String id,
      Instant modified,
      Instant taggedAt,
      String tags,
      String metadata) {}

  @BeforeEach
  void open() {
    target = folder.resolve("ex");
    catalog =
        Catalog.open(
            new CatalogSettings(
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                null,
                null,
                ZoneId.of("Europe/Berlin"),
                Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void everyRowIsExported_asTheCatalogueHasIt_inCanonicalOrder() throws Exception {
    Random random = new Random(7);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      paths.add(path(random, i));
    }
    Dataset dataset = register("some data", paths);
    register("empty", List.of());
    ExportManifest made = export(200);
    assertThat(made.datasets())
        .extracting(ExportedDataset::name)
        .containsExactly("empty", "some data");
    CatalogExport export = CatalogExport.open(target);
    assertThat(export.manifest()).isEqualTo(made);
    ExportedDataset exported = export.find("some data");
    assertThat(exported.parts()).hasSize(15).allMatch(part -> part.rows() == 200);
    assertThat(exported.files()).isEqualTo(3_000);
    List<Row> rows = rows(export, exported);
    assertThat(rows)
        .containsExactlyElementsOf(
            scanned(dataset).stream()
                .sorted(Comparator.comparing(row -> row.path, ExportsTest::canonical))
                .toList());
    assertThat(export.find("empty").parts()).isEmpty();
  }

  private static int canonical(String a, String b) {
    return java.util.Arrays.compareUnsigned(CatalogExport.key(a), CatalogExport.key(b));
  }

  private static String path(Random random, int i) {
    String folder =
        List.of("", "a/", "a-b/", "a/b/", "ü/", "\uD83D\uDE00/", "\uFFFD/").get(random.nextInt(7));
    return folder + (char) ('a' + random.nextInt(26)) + i + ".txt";
  }

  @Test
  void namedDatasets_areExportedAlone_andUnknownOnesAreAllToldWithNearNames() throws Exception {
    register("python", List.of("a"));
    register("java", List.of("a"));
    assertThat(export(1_000, "java").datasets())
        .extracting(ExportedDataset::name)
        .containsExactly("java");
    assertThatThrownBy(() -> CatalogExport.open(target).find("jaba"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("did you mean `java`");
    target = folder.resolve("second");
    assertThatThrownBy(() -> export(1_000, "pyton", "jav", "python"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("did you mean `python`")
        .hasMessageContaining("did you mean `java`");
    assertThat(target).doesNotExist();
  }

  @Test
  void aFolderThatIsNoNewOne_isRefused_andLeftAlone() throws Exception {
    Dataset dataset = register("d", List.of("a"));
    Files.createDirectories(target);
    export(10);
    assertThatThrownBy(() -> export(10))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--replace");
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    assertRefused(other, "not empty, and no export");
    assertThat(other.resolve("mine.txt")).hasContent("mine");
    assertRefused(Path.of(dataset.path()).resolve("ex"), "lies in the folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(dataset.path()));
    assertRefused(link.resolve("ex"), "lies in the folder");
    Dataset another = register("other", List.of("a"));
    target = Path.of(another.path()).resolve("ex");
    assertThatThrownBy(() -> export(10, "d")).hasMessageContaining("lies in the folder");
    assertThat(target).doesNotExist();
    assertRefused(folder.resolve("nowhere/ex"), "is not there");
    assertNothingBeside();
  }

  private void assertRefused(Path place, String why) {
    target = place;
    assertThatThrownBy(() -> export(10))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anExportIsReplaced_alsoADamagedOne_butNotWhatItDoesNotKnow() throws Exception {
    register("d", List.of("a", "b"));
    export(1);
    register("e", List.of("a"));
    Files.delete(target.resolve(CatalogExport.open(target).find("d").parts().get(1).file()));
    Path mine = Files.writeString(target.resolve("mine.txt"), "mine");
    Request replacing = new Request(target, List.of(), Existing.REPLACE, 10);
    Exports exports = Exports.of(catalog, Clock.systemUTC());
    assertThatThrownBy(() -> exports.export(replacing, SILENT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mine.txt");
    Files.delete(mine);
    exports.export(replacing, SILENT);
    assertThat(CatalogExport.open(target).manifest().datasets()).hasSize(2);
    assertNothingBeside();
  }

  @Test
  void whatAKilledExportLeft_isNoExport_andIsRemovedByTheNext() throws Exception {
    register("d", List.of("a"));
    export(1);
    Path left = Files.createDirectories(folder.resolve(".admix-export-ex"));
    Files.createFile(left.resolve("lock"));
    Files.createDirectories(left.resolve("new/dataset=x"));
    Files.createFile(left.resolve("new/dataset=x/part-00000.parquet"));
    // It died between two renames: the older export waits aside.
    Files.move(target, left.resolve("old"));
    assertThatThrownBy(() -> CatalogExport.open(left.resolve("new")))
        .isInstanceOf(DamagedExportException.class)
        .hasMessageContaining("_ADMIX_EXPORT.json");
    assertThatThrownBy(() -> export(1)).hasMessageContaining("--replace");
    assertThat(CatalogExport.open(target).manifest().rows()).isEqualTo(1);
    assertNothingBeside();
  }

  @Test
  void twoAtATime_areRefused() throws Exception {
    register("d", List.of("a"));
    try (ExportPlace place = ExportPlace.take(target, Existing.KEEP)) {
      assertThat(place.fresh()).exists();
      assertThatThrownBy(() -> export(1))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Another export");
    }
    export(1);
  }

  @Test
  void aTargetFilledMeanwhile_keepsWhatItHolds() throws Exception {
    register("d", List.of("a"));
    Exports exports =
        Exports.of(
            catalog,
            () -> {
              write(target.resolve("mine.txt"));
              return TIME;
            });
    Files.createDirectories(target);
    assertThatThrownBy(
            () -> exports.export(new Request(target, List.of(), Existing.KEEP, 9), SILENT))
        .isInstanceOf(RefusedException.class);
    assertThat(target).isDirectoryContaining("glob:**mine.txt");
    assertNothingBeside();
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "mine");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyKindOfDamage_isToldByName() throws Exception {
    register("d", List.of("a/1", "a/2", "b/3", "c"));
    ExportManifest made = export(2);
    ExportPart part = made.datasets().getFirst().parts().get(1);
    Path file = target.resolve(part.file());
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> CatalogExport.open(target))
        .hasMessageContaining(part.file())
        .hasMessageContaining("bytes");
    byte[] changed = whole.clone();
    changed[40] ^= 1;
    Files.write(file, changed);
    CatalogExport opened = CatalogExport.open(target);
    assertThatThrownBy(() -> rows(opened, opened.find("d")))
        .isInstanceOf(DamagedExportException.class)
        .hasMessageContaining(part.file());
    Files.delete(file);
    assertThatThrownBy(() -> CatalogExport.open(target))
        .hasMessageContaining(part.file() + " ")
        .hasMessageContaining("missing");
    Files.write(file, whole);

    Path extra = Files.write(file.resolveSibling("part-00007.parquet"), whole);
    assertThatThrownBy(() -> CatalogExport.open(target)).hasMessageContaining("part-00007.parquet");
    Files.delete(extra);

    Path manifest = target.resolve(ExportSchema.MANIFEST);
    String json = Files.readString(manifest);
    Files.writeString(manifest, json.replace("\"rows\" : 2", "\"rows\" : 3"));
    ExportedDataset lying = CatalogExport.open(target).find("d");
    assertThatThrownBy(() -> rows(opened, lying)).hasMessageContaining("2 rows where 3");
    Files.writeString(manifest, json.replace("\"version\" : 1", "\"version\" : 2"));
    assertThatThrownBy(() -> CatalogExport.open(target)).hasMessageContaining("version 2");
    Files.writeString(manifest, json.substring(0, json.length() / 2));
    assertThatThrownBy(() -> CatalogExport.open(target)).hasMessageContaining("damaged");
    Files.delete(manifest);
    assertThatThrownBy(() -> CatalogExport.open(target)).hasMessageContaining("no whole export");
  }

  @Test
  void severalRowsOfOneFile_standInOnePart() throws Exception {
    Path made = Files.createDirectories(folder.resolve("parts"));
    RowRecord record = new RowRecord();
    try (PartsWriter writer = new PartsWriter(made, ExportSchema::part, 2)) {
      for (String path : List.of("a", "b", "b", "b", "c")) {
        record.set(new FixedRow(path, "r", null, null));
        writer.add(record.array(), 0, record.length());
      }
      assertThat(writer.finish()).extracting(ExportPart::rows).containsExactly(4L, 1L);
    }
  }

  private ExportManifest export(int rowsPerPart, String... names) throws Exception {
    return Exports.of(catalog, Clock.systemUTC())
        .export(new Request(target, List.of(names), Existing.KEEP, rowsPerPart), SILENT);
  }

  private Dataset register(String name, List<String> paths) throws IOException {
    Path root = Files.createDirectories(folder.resolve("roots").resolve(name));
    try (FileWriter writer = catalog.datasets().register(name, root.toString(), "TEXT")) {
      for (String path : paths) {
        boolean isTagged = path.length() % 2 == 0;
        writer.add(
            new NewFile(
                path,
                path.length(),
                TIME,
                null,
                isTagged ? "[{\"type\":\"choices\"}]" : null,
                isTagged ? TIME : null,
                path.length() % 3 == 0 ? "{\"etag\":\"x\"}" : null));
      }
      return writer.commit();
    }
  }

  private List<Row> scanned(Dataset dataset) {
    TreeMap<String, Row> rows = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            dataset,
            DatasetExport.COLUMNS,
            row ->
                rows.put(
                    row.relativePath(),
                    new Row(
                        row.relativePath(),
                        row.size(),
                        row.id(),
                        row.modified(),
                        row.taggedAt(),
                        row.tags(),
                        row.metadata())));
    return List.copyOf(rows.values());
  }

  private static List<Row> rows(CatalogExport export, ExportedDataset dataset) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (ExportPart part : dataset.parts()) {
      try (PartReader reader =
          PartReader.open(
              export.folder(),
              part,
              Set.of(Column.TAGS, Column.TAGGED_AT, Column.MODIFIED, Column.METADATA))) {
        while (reader.advance()) {
          var row = reader.row();
          rows.add(
              new Row(
                  row.relativePath(),
                  row.size(),
                  row.id(),
                  row.modified(),
                  row.taggedAt(),
                  row.tags(),
                  row.metadata()));
        }
      }
    }
    return rows;
  }

  private void assertNothingBeside() {
    assertThat(folder).isDirectoryNotContaining("glob:**.admix-export*");
  }
}
