package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What recording runs promises on every database. */
public abstract class RecordingContract extends CatalogContract {

  @Test
  void aFailingRowTakesTheReceiptWithIt() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    Task before = now(task);
    assertThatThrownBy(() -> tasks.record(lease, List.of(run(1, row("b")), run(0, row("again")))))
        .isInstanceOf(CatalogException.class);

    assertThat(now(task)).isEqualTo(before);
    assertThat(receipts(task)).extracting(Receipt::run).containsExactly(0L);
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isEqualTo(1);
    tasks.record(lease, List.of(run(1, row("b"))));
    assertThat(receipts(task)).hasSize(2);
  }

  @Test
  void rowsCarryOverWhatTheirSourceHas() {
    Dataset source = register("code", tagged("x/full.JSON"), file("bare"));
    sql(
        "UPDATE t_dm_dataset_files SET annotation = '{\"by\":\"hand\"}', file_type = 'special' WHERE file_name = 'full.JSON'");
    Map<String, String> ids = ids(source);
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(
        lease,
        List.of(
            run(
                0,
                new RunRecord.Row(
                    "code/full.JSON", 7, MODIFIED, source.id(), ids.get("x/full.JSON")),
                new RunRecord.Row("code/bare", 4, MODIFIED, source.id(), ids.get("bare")),
                new RunRecord.Row("code/gone.md", 4, MODIFIED, source.id(), Ids.next()),
                new RunRecord.Row("folder/tab\t\\new\nline 𝒳.Md", 4, MODIFIED, null, null))));

    String rows = "SELECT COUNT(*) FROM t_dm_dataset_files WHERE dataset_id = ? AND ";
    assertThat(
            count(
                rows
                    + "file_path = '/mixes/mix/code/full.JSON' AND file_type = 'special' AND check_sum IS NOT NULL AND tags_updated_at IS NOT NULL AND annotation IS NOT NULL",
                task.datasetId()))
        .isEqualTo(1);
    String bare =
        "tags IS NULL AND tags_updated_at IS NULL AND annotation IS NULL AND metadata IS NULL AND check_sum IS NULL AND file_type ";
    assertThat(count(rows + bare + "IS NULL", task.datasetId()))
        .as("SQL NULL stays SQL NULL")
        .isEqualTo(1);
    assertThat(count(rows + bare + "= 'md'", task.datasetId())).isEqualTo(2);
    Dataset mix = datasets.byId(task.datasetId()).orElseThrow();
    assertThat(labels(mix))
        .containsExactly("code/full.JSON quality=high", "code/full.JSON quality=top");
    assertThat(ids(mix)).containsKey("folder/tab\t\\new\nline 𝒳.Md");
    datasets.scan(
        mix,
        Set.of(Datasets.Column.MODIFIED),
        row -> assertThat(row.modified()).isEqualTo(MODIFIED));
  }

  @Test
  void aFolderOnlyBatchKeepsOddNames() {
    Task task = create("mix");
    tasks.record(placing(task), List.of(run(0, row("tab\t\\N\\.\r\nend 𝒳"), row("\\N"))));
    assertThat(ids(datasets.byId(task.datasetId()).orElseThrow()))
        .containsOnlyKeys("tab\t\\N\\.\r\nend 𝒳", "\\N");
  }

  @Test
  void receiptsAndFailuresComeInOrderPageByPage() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 599; i >= 0; i--) {
      FailureRecord failure =
          new FailureRecord(i, i % 7, "code", "lost" + i, "SOURCE_MISSING", "gone");
      runs.add(
          new RunRecord(
              new Receipt(i, 0, 1, 0, "boot", new byte[] {(byte) i}), List.of(), List.of(failure)));
    }
    tasks.record(lease, runs);
    List<Long> failed = new ArrayList<>();
    tasks.failures(task.id(), failure -> failed.add(failure.run()));
    assertThat(receipts(task)).hasSize(600).extracting(Receipt::run).isSorted();
    assertThat(receipts(task).get(5).details()).containsExactly(5);
    assertThat(failed).hasSize(600).isSorted();
  }

  @Test
  void forgottenRunsCanBeRecordedAgain() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"), row("b")), run(1, row("c")), run(2)));
    tasks.record(lease, List.of(run(3, row("d"))));
    tasks.forget(lease, new long[] {0, 2, 77});
    Dataset target = datasets.byId(task.datasetId()).orElseThrow();
    assertThat(ids(target)).containsOnlyKeys("c", "d");
    assertThat(now(task).files()).isEqualTo(2);
    assertThat(now(task).bytes()).isEqualTo(10);
    tasks.record(lease, List.of(run(0, row("a"), row("b")), run(2)));
    assertThat(ids(target)).containsOnlyKeys("a", "b", "c", "d");
    assertThat(receipts(task)).hasSize(4);
  }

  @Test
  void aBatchCostsFewStatements() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    RunRecord.Row[] rows = new RunRecord.Row[1_024];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("f" + i);
    }
    long before = database().statements();
    tasks.record(lease, List.of(run(0, rows), run(1, rows)));
    // Fence, task, receipts; rows by 64 on SQLite, at once on PostgreSQL.
    assertThat(database().statements() - before).isLessThanOrEqualTo(3 + 2_048 / 64);
  }
}
