package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteRecordingTest extends RecordingContract {
  @TempDir Path folder;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return SqliteForTests.settings(folder, clock);
  }

  @Test
  void whatAnotherProcessAddsToBareRows_isCarriedOver() throws Exception {
    Dataset source = register("code", file("a.md"), file("b.md"));
    Map<String, String> ids = ids(source);
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, rowOf(source, "a.md", ids))));
    try (var another = DriverManager.getConnection(settings.url());
        var change = another.createStatement()) {
      change.executeUpdate("UPDATE t_dm_dataset_files SET tags = '[]' WHERE file_name = 'b.md'");
    }
    tasks.record(lease, List.of(run(1, rowOf(source, "b.md", ids))));
    String rows = "SELECT COUNT(*) FROM t_dm_dataset_files WHERE dataset_id = ? AND ";
    assertThat(count(rows + "file_type = 'md'", task.datasetId())).isEqualTo(2);
    assertThat(count(rows + "file_name = 'b.md' AND tags = '[]'", task.datasetId())).isEqualTo(1);
  }

  @Test
  void whatARescanOfOursAddsToBareRows_isCarriedOver() {
    Dataset source = register("code", file("a.md"), file("b.md"));
    Map<String, String> ids = ids(source);
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, rowOf(source, "a.md", ids))));
    try (FileWriter again = datasets.rescan(source)) {
      again.add(file("a.md"));
      again.add(tagged("b.md"));
      again.commit();
    }
    tasks.record(lease, List.of(run(1, rowOf(source, "b.md", ids))));
    String rows = "SELECT COUNT(*) FROM t_dm_dataset_files WHERE dataset_id = ? AND ";
    assertThat(count(rows + "file_name = 'b.md' AND tags IS NOT NULL", task.datasetId()))
        .isEqualTo(1);
  }

  @Test
  void rowsWithAnythingToCarryOver_areSeenByTheScan() {
    BareDatasets known = ((SqliteDialect) database().dialect()).bare();
    Dataset bare = register("bare", file("a.md"), file("b"));
    Dataset tagged = register("tagged", file("a.md"), tagged("b.md"));
    ids(bare);
    ids(tagged);
    BareDatasets.Version version = version(known);
    assertThat(known.isBare(bare.id(), version)).isTrue();
    assertThat(known.isBare(tagged.id(), version)).isFalse();
  }

  @Test
  void aScanThatBeganBeforeAChange_isNotBelievedAfterIt() {
    BareDatasets known = ((SqliteDialect) database().dialect()).bare();
    BareDatasets.Version before = version(known);
    known.changed();
    known.seen("code", before, false);
    assertThat(known.isBare("code", version(known))).isFalse();
    known.seen("code", version(known), false);
    assertThat(known.isBare("code", version(known))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a.md, md, true",
    "x.y/A.MD, md, true",
    "plain, , true",
    "a.md, , true",
    "a.tar.gz, gz, true",
    "a.md, MD, false",
    "a.md, text, false",
    "a.tar.gz, tar.gz, false",
    "x.y/z, y/z, false",
    ".md, md, false",
    "plain, plain, false",
    "md, md, false",
    "a.md, '', false",
    "a.ÄÖ, äö, false",
    "a.äö, äö, true",
    "a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
    "a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, true"
  })
  void aFileTypeThatTheNameDoesNotTell_isCarriedOver(
      String path, @Nullable String type, boolean isBare) {
    BareDatasets known = ((SqliteDialect) database().dialect()).bare();
    Dataset source = register("code", file(path));
    sql("UPDATE t_dm_dataset_files SET file_type = ?", type);
    ids(source);
    assertThat(known.isBare(source.id(), version(known))).isEqualTo(isBare);
    FileInsert written =
        new FileInsert("1", "/d/" + path, 1, null, null, null, null, null, null, null);
    assertThat(!isBare || type == null || type.equals(written.type())).isTrue();
  }

  private BareDatasets.Version version(BareDatasets known) {
    return database().write(Database.Durability.BATCH, known::version);
  }

  private static RunRecord.Row rowOf(Dataset source, String path, Map<String, String> ids) {
    return new RunRecord.Row(path, 4, MODIFIED, source.id(), ids.get(path));
  }
}
