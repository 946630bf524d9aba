package io.admix.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.DamagedExportException;
import io.admix.engine.export.Exports;
import io.admix.engine.export.PartReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePartTest {
  private static final Instant TIME = Instant.parse("2025-03-01T12:00:00.000001Z");
  private static final int FILES = 1_000;

  @TempDir Path folder;
  private CatalogExport export;

  @BeforeEach
  void export() throws Exception {
    CatalogSettings settings =
        new CatalogSettings(
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            null,
            null,
            ZoneOffset.UTC,
            Clock.systemUTC());
    try (Catalog catalog = Catalog.open(settings)) {
      try (FileWriter writer =
          catalog.datasets().register("d", folder.resolve("d").toString(), "TEXT")) {
        for (int i = 0; i < FILES; i++) {
          String tags = i % 4 == 0 ? "[{}]" : null;
          writer.add(new NewFile("a" + i % 7 + "/ü" + i, i, TIME, null, tags, null, null));
        }
        writer.commit();
      }
      Path target = folder.resolve("ex");
      Exports.of(catalog, Clock.systemUTC())
          .export(
              new Exports.Request(target, List.of(), Exports.Existing.KEEP, 150),
              (step, dataset, rows, total) -> {});
      export = CatalogExport.open(target);
    }
  }

  @Test
  void eachPartIsATask_damageAndAMachineWithoutTheExportAreToldByName_andSparkReadsTheFiles()
      throws Exception {
    try (SparkSession session = SparkSession.builder().master("local[2]").getOrCreate()) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      readBySpark(session);
      List<SourcePart> parts = SourcePart.of(export, export.manifest().datasets());
      assertThat(SourcePart.tasks(spark, parts).getNumPartitions()).isEqualTo(7);
      assertThat(sizes(spark, parts)).hasSize(FILES).contains(0L, FILES - 1L);

      Path part = export.folder().resolve(parts.get(3).part().file());
      byte[] bytes = Files.readAllBytes(part);
      bytes[100] ^= 4;
      Files.write(part, bytes);
      assertThatThrownBy(() -> sizes(spark, parts))
          .isInstanceOf(DamagedExportException.class)
          .hasMessageContaining(parts.get(3).part().file());
      Files.move(export.folder(), folder.resolve("elsewhere"));
      assertThatThrownBy(() -> sizes(spark, parts))
          .isInstanceOf(DamagedExportException.class)
          .hasMessageContaining(SourcePart.host())
          .hasMessageContaining("mount it");
    }
  }

  /** By its vectorised reader, which is the default. */
  private void readBySpark(SparkSession session) {
    session.read().parquet(export.folder().toString()).createOrReplaceTempView("export");
    Row row =
        session
            .sql(
                "SELECT count(*), sum(size), count(tags), count(tagged_at), min(modified), max(path), count(DISTINCT row), max(dataset) FROM export")
            .head();
    assertThat(row.getLong(0)).isEqualTo(FILES);
    assertThat(row.getLong(1)).isEqualTo(FILES * (FILES - 1L) / 2);
    assertThat(row.getLong(2)).isEqualTo(FILES / 4);
    assertThat(row.getLong(3)).isZero();
    assertThat(row.getLong(4)).isEqualTo(TIME.getEpochSecond() * 1_000_000_000L + TIME.getNano());
    assertThat(row.getString(5)).isEqualTo("a6/ü993");
    assertThat(row.getLong(6)).isEqualTo(FILES);
    assertThat(row.getString(7)).isEqualTo(export.manifest().datasets().getFirst().id());
  }

  private static List<Long> sizes(JavaSparkContext spark, List<SourcePart> parts)
      throws IOException {
    List<Long> sizes = new ArrayList<>();
    for (Attempted<List<Long>> read :
        SourcePart.tasks(spark, parts).map(part -> Attempted.of(() -> sizes(part))).collect()) {
      sizes.addAll(read.get());
    }
    return sizes;
  }

  private static List<Long> sizes(SourcePart part) throws IOException {
    List<Long> sizes = new ArrayList<>();
    try (PartReader reader = part.open(Set.of())) {
      while (reader.advance()) {
        sizes.add(reader.row().size());
      }
    }
    return sizes;
  }
}
