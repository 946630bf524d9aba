package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void rowsWithAnythingToCarryOver_areSeenByTheScan() {
    BareDatasets known = ((SqliteDialect) database().dialect()).bare();
    Dataset bare = register("bare", file("a.md"), file("b"));
    Dataset tagged = register("tagged", file("a.md"), tagged("b.md"));
    ids(bare);
    ids(tagged);
    long version =
        database().write(Database.Durability.BATCH, session -> BareDatasets.version(session));
    assertThat(known.isBare(bare.id(), version)).isTrue();
    assertThat(known.isBare(tagged.id(), version)).isFalse();
  }

  private static RunRecord.Row rowOf(Dataset source, String path, Map<String, String> ids) {
    return new RunRecord.Row(path, 4, MODIFIED, source.id(), ids.get(path));
  }
}
