package io.admix.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.catalog.PostgresForTests;
import io.admix.engine.RefusedException;
import io.admix.engine.export.Exports.Existing;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadExportTest {
  private static final String PASSWORD = "never-to-be-seen";
  private static final Instant TIME = Instant.parse("2025-03-01T12:00:00Z");

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Catalog catalog;
  private Settings settings;
  private Path target;

  @BeforeEach
  void open() throws Exception {
    CatalogSettings database = PostgresForTests.settings(Clock.systemUTC());
    catalog = Catalog.open(database);
    target = folder.resolve("ex");
    if (database.user() != null) {
      environment.put("ADMIX_DB_USER", database.user());
    }
    environment.put("ADMIX_DB_PASSWORD", PASSWORD);
    settings =
        SettingsLoader.load(
            new SettingsInput(
                folder.resolve("home").toString(),
                database.url(),
                List.of("admix.zone=Europe/Berlin"),
                environment,
                folder));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void whatManyMake_isWhatOneMakes_andRowsWrittenMeanwhileAreNotInIt() throws Exception {
    Dataset first = register("first", 3_000);
    Dataset second = register("second", 700);
    register("third", 10);
    Path alone = folder.resolve("alone");
    List<String> names = List.of("first", "second");
    Exports.of(catalog, Clock.systemUTC())
        .export(new Exports.Request(alone, names, Existing.KEEP, 500), (s, d, r, t) -> {});
    try (SpreadExport export = begin(List.of(first.id(), second.id()), 500)) {
      List<SpreadRead> reads = export.reads();
      assertThat(reads).as("several tasks").hasSizeGreaterThan(3);
      addRows(first);
      List<SpreadRead.Done> read = new ArrayList<>();
      for (SpreadRead task : reads) {
        // As an executor that is lost after its work, or was too slow, and its other attempt.
        task.run(folder, environment);
        read.add(task.run(folder, environment));
        assertThat(serialized(task)).doesNotContain(PASSWORD);
      }
      List<SpreadMerge.Done> merged = new ArrayList<>();
      for (SpreadMerge task : export.merges(read)) {
        task.run();
        merged.add(task.run());
      }
      Collections.reverse(merged);
      export.finish(read, merged);
    }
    CatalogExport together = CatalogExport.open(target);
    assertThat(together.find("first").parts()).hasSizeGreaterThan(3);
    for (String name : names) {
      assertThat(rows(together, name)).isEqualTo(rows(CatalogExport.open(alone), name));
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.admix-export*");
  }

  @Test
  void withoutItsSnapshotATaskIsRefused_andNothingIsLeft() throws Exception {
    Dataset dataset = register("d", 20);
    SpreadRead task;
    try (SpreadExport export = begin(List.of(dataset.id()), 500)) {
      task = export.reads().getFirst();
    }
    assertThat(target).doesNotExist();
    assertThatThrownBy(() -> task.run(folder, environment))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mount it");
    Files.createDirectories(Path.of(task.folder()));
    assertThatThrownBy(() -> task.run(folder, environment)).isInstanceOf(CatalogException.class);
  }

  @Test
  void aDatasetThatIsGone_andAnotherDatabase_areRefused() {
    assertThatThrownBy(() -> begin(List.of("gone"), 5))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("gone");
    assertThatThrownBy(() ->
            SpreadExport.begin(
                SettingsLoader.load(SettingsInput.forHome(folder)),
                List.of(),
                target,
                Existing.KEEP,
                5))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("PostgreSQL");
    assertThat(target).doesNotExist();
  }

  private SpreadExport begin(List<String> ids, long rowsPerPart)
      throws IOException, RefusedException {
    return SpreadExport.begin(settings, ids, target, Existing.KEEP, rowsPerPart);
  }

  private Dataset register(String name, int files) throws IOException {
    Path root = Files.createDirectories(folder.resolve("roots").resolve(name));
    Random random = new Random(files);
    try (FileWriter writer = catalog.datasets().register(name, root.toString(), "TEXT")) {
      for (int i = 0; i < files; i++) {
        String path = "f" + random.nextInt(40) + "/" + random.nextInt(1_000) + "-" + i;
        boolean isTagged = i % 3 == 0;
        writer.add(
            new NewFile(path, i, TIME, null, isTagged ? "[]" : null, isTagged ? TIME : null, null));
      }
      return writer.commit();
    }
  }

  /** By a rescan, which replaces rows. */
  private void addRows(Dataset dataset) throws IOException {
    try (FileWriter writer = catalog.datasets().rescan(dataset)) {
      writer.add(new NewFile("new", 1, TIME, null, null, null, null));
      writer.commit();
    }
  }

  private static List<String> rows(CatalogExport export, String name) throws Exception {
    List<String> rows = new ArrayList<>();
    for (ExportPart part : export.find(name).parts()) {
      try (PartReader reader =
          PartReader.open(
              export.folder(), part, Set.of(Column.TAGS, Column.TAGGED_AT, Column.MODIFIED))) {
        while (reader.advance()) {
          var row = reader.row();
          rows.add(
              row.relativePath()
                  + row.size()
                  + row.id()
                  + row.modified()
                  + row.taggedAt()
                  + row.tags());
        }
      }
    }
    return rows;
  }

  private static String serialized(Object task) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(task);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
