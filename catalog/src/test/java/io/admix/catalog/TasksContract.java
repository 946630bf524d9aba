package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tasks promise on every database. */
public abstract class TasksContract extends CatalogContract {

  @Test
  void aNewTaskIsPendingAndHoldsItsClaims() {
    Dataset source = register("code", file("a"));
    Task task =
        tasks.create(
            newTask(
                "mix",
                "/mixes/mix",
                new NewTask.Relation(source.id(), "code", "50%", 5L, "{}"),
                new NewTask.Relation(null, "folder", "3", null, "{}")));

    assertThat(task.status()).isEqualTo(Task.Status.PENDING);
    assertThat(task.phase()).isEqualTo(Task.Phase.PLANNING);
    assertThat(task.createdAt()).isEqualTo(clock.instant());
    assertThat(task.runner()).isNull();
    assertThat(tasks.byId(task.id())).contains(task);
    assertThat(tasks.holderOfName("mix")).contains(task);
    assertThat(tasks.holderOfTarget("/mixes/mix")).contains(task);
    assertThat(tasks.list()).containsExactly(task);
    assertThat(datasets.byId(task.datasetId()).orElseThrow().status()).isEqualTo("DRAFT");
    assertThat(datasets.find("mix")).as("a DRAFT is not to be found").isEmpty();
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_st_ratio_relations WHERE ratio_instance_id = ?", task.id()))
        .isEqualTo(2);
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_st_ratio_instances WHERE id = ? AND status = 'PENDING' AND totals = 10",
                task.id()))
        .isEqualTo(1);
  }

  @Test
  void aTakenTargetIsRefusedAndLeavesNothing() {
    Task task = create("mix");
    assertThatThrownBy(() -> tasks.create(newTask("other", "/mixes/mix")))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("/mixes/mix")
        .hasMessageContaining(task.id())
        .hasMessageContaining("PENDING");
    assertThat(tasks.list()).hasSize(1);
    assertThat(tasks.holderOfName("other")).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM t_dm_datasets")).isEqualTo(1);
  }

  @Test
  void oneRunnerAtATime() {
    Task task = create("mix");
    Tasks.Lease lease = acquire(task, "one");
    assertThat(tasks.acquire(task.id(), "two", LEASE, other -> false)).isEmpty();
    clock.advance(LEASE);
    assertThat(tasks.acquire(task.id(), "two", LEASE, other -> false))
        .as("the margin for another clock")
        .isEmpty();
    assertThat(now(task).runner()).isEqualTo(new Task.Runner("one", clock.instant()));
    clock.advance(Duration.ofSeconds(1));

    Tasks.Lease second = tasks.acquire(task.id(), "two", LEASE, other -> false).orElseThrow();

    assertThat(second.fence()).isEqualTo(lease.fence() + 1);
    assertThatThrownBy(() -> tasks.renew(lease, LEASE))
        .isInstanceOf(LeaseLostException.class)
        .hasMessageContaining("two");
    assertThat(tasks.renew(second, LEASE)).isEqualTo(new Tasks.Renewal(false));
  }

  @Test
  void aDeadRunnerIsReplacedBeforeItsLeaseEnds() {
    Task task = create("mix");
    acquire(task, "one");
    assertThat(tasks.acquire(task.id(), "two", LEASE, other -> other.identity().equals("one")))
        .isPresent();
  }

  @Test
  void renewingProlongsTheLease() {
    Task task = create("mix");
    Tasks.Lease lease = acquire(task, "one");
    clock.advance(LEASE);
    tasks.renew(lease, LEASE);
    clock.advance(LEASE);
    assertThat(tasks.acquire(task.id(), "two", LEASE, other -> false)).isEmpty();
  }

  @Test
  void aLostLeaseChangesNothing() {
    Task task = create("mix");
    Tasks.Lease lost = placing(task);
    tasks.record(lost, List.of(run(0, row("a"))));
    Tasks.Lease held = tasks.acquire(task.id(), "one", LEASE, other -> true).orElseThrow();
    Task before = now(task);

    for (Runnable step :
        List.<Runnable>of(
            () -> tasks.renew(lost, LEASE),
            () -> tasks.record(lost, List.of(run(1, row("b")))),
            () -> tasks.forget(lost, new long[] {0}),
            () -> tasks.startPlacing(lost, "other", 1, 1),
            () -> tasks.startPublishing(lost, "m"),
            () -> tasks.complete(lost, new Publication(1, 5, "{}", List.of())),
            () -> tasks.release(lost, Task.Status.FAILED, false, "x"),
            () -> tasks.cancelled(lost))) {
      assertThatThrownBy(step::run)
          .isInstanceOf(LeaseLostException.class)
          .hasMessageContaining("fence 2");
    }
    assertThat(now(task)).isEqualTo(before);
    assertThat(receipts(task)).hasSize(1);
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isEqualTo(1);
    tasks.record(held, List.of(run(1, row("b"))));
    assertThat(now(task).files()).isEqualTo(2);
  }

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
  void publishingMakesTheDatasetActiveWithItsLineage() {
    Dataset source = register("code", file("a"));
    Task task =
        publish(
            "mix",
            List.of(
                new Publication.LineageSource(source.id(), "code", true),
                new Publication.LineageSource("/folder", "folder", false)),
            row("a"),
            row("b"));

    assertThat(task.status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(task.phase()).isEqualTo(Task.Phase.DONE);
    assertThat(task.report()).isEqualTo("{\"done\":true}");
    assertThat(task.stagingInode()).isEqualTo(99);
    assertThat(task.runner()).isNull();
    Dataset mix = datasets.find("mix").orElseThrow();
    assertThat(mix.kind()).isEqualTo(Dataset.Kind.MIXED);
    assertThat(mix.files()).isEqualTo(2);
    assertThat(mix.bytes()).isEqualTo(10);
    assertThat(mix.path()).isEqualTo("/mixes/mix");
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_st_ratio_instances WHERE id = ? AND status = 'COMPLETED'",
                task.id()))
        .isEqualTo(1);
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_lineage_edge WHERE process_id = ? AND to_node_id = ? AND edge_type = 'DATA_RATIO'",
                task.id(),
                mix.id()))
        .isEqualTo(2);
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_lineage_node WHERE id = ? AND node_type = 'DATASET'",
                source.id()))
        .isEqualTo(1);
    assertThat(tasks.acquire(task.id(), "two", LEASE, other -> true)).isEmpty();
  }

  @Test
  void aTargetThatJoinsTwoGraphsMergesThem() {
    var a = new Publication.LineageSource("a", "a", true);
    var b = new Publication.LineageSource("b", "b", true);
    var c = new Publication.LineageSource("c", "c", true);
    publish("first", List.of(a, b), row("x"));
    publish("second", List.of(c), row("x"));
    assertThat(count("SELECT COUNT(DISTINCT graph_id) FROM t_lineage_node")).isEqualTo(2);
    String larger =
        database()
            .read(session ->
                session.first(
                    "SELECT graph_id FROM t_lineage_node WHERE id = 'a'", row -> row.getString(1)))
            .orElseThrow();

    publish("third", List.of(c, a, c), row("x"));

    assertThat(count("SELECT COUNT(*) FROM t_lineage_node WHERE graph_id = ?", larger))
        .isEqualTo(6);
    assertThat(count("SELECT COUNT(*) FROM t_lineage_edge WHERE graph_id = ?", larger))
        .isEqualTo(5);
    assertThat(count("SELECT COUNT(*) FROM t_lineage_node")).isEqualTo(6);
    assertThat(count("SELECT COUNT(*) FROM t_lineage_edge")).isEqualTo(5);
  }

  @Test
  void aLineageFailureCostsNoData() {
    sql("ALTER TABLE t_lineage_edge RENAME TO gone");
    Task task = publish("mix", List.of(new Publication.LineageSource("a", "a", true)), row("x"));
    assertThat(task.status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(datasets.find("mix").orElseThrow().files()).isEqualTo(1);
    assertThat(count("SELECT COUNT(*) FROM t_lineage_node")).as("half a lineage is none").isZero();
  }

  @Test
  void publishingOtherThanWhatIsRecordedIsRefused() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    assertThatThrownBy(() -> tasks.complete(lease, new Publication(1, 5, "{}", List.of())))
        .as("not PUBLISHING yet")
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("PLACING");
    tasks.startPublishing(lease, "m");
    assertThatThrownBy(() -> tasks.record(lease, List.of(run(1, row("late")))))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("PUBLISHING");
    assertThatThrownBy(() -> tasks.complete(lease, new Publication(2, 5, "{}", List.of())))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("2");
    assertThat(now(task).status()).isEqualTo(Task.Status.RUNNING);
    assertThat(datasets.find("mix")).isEmpty();
    tasks.complete(lease, new Publication(1, 5, "{}", List.of()));
  }

  @Test
  void aFailureThatCanBeResumedKeepsAllAndOneThatCannotFreesTheName() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    tasks.release(lease, Task.Status.FAILED, true, "disk full");
    assertThat(now(task).error()).isEqualTo("disk full");
    assertThat(now(task).resumable()).isTrue();
    assertThat(receipts(task)).hasSize(1);
    assertThatThrownBy(() -> create("mix"))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("FAILED, resumable");
    Tasks.Lease again = acquire(task, "two");
    assertThat(now(task).error()).isNull();
    assertThat(now(task).phase()).isEqualTo(Task.Phase.PLACING);

    tasks.release(again, Task.Status.FAILED, false, "plan is gone");

    assertThat(now(task).resumable()).isFalse();
    assertThat(tasks.holderOfName("mix")).isEmpty();
    assertThat(tasks.holderOfTarget("/mixes/mix")).isEmpty();
    assertThat(datasets.byId(task.datasetId())).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isZero();
    assertThat(tasks.acquire(task.id(), "three", LEASE, other -> true)).isEqualTo(Optional.empty());
    create("mix");
  }

  @Test
  void cancelIsAskedForThenDone() {
    Task task = create("mix");
    tasks.requestCancel(task.id());
    assertThat(now(task).cancelRequested()).as("nobody runs it").isFalse();
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    tasks.requestCancel(task.id());
    assertThat(tasks.renew(lease, LEASE).cancelRequested()).isTrue();

    tasks.cancelled(lease);

    assertThat(now(task).status()).isEqualTo(Task.Status.CANCELLED);
    assertThat(receipts(task)).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isZero();
    assertThat(count("SELECT COUNT(*) FROM t_st_ratio_instances WHERE status = 'FAILED'"))
        .as("DataMate knows no CANCELLED")
        .isEqualTo(1);
    create("mix");
  }

  @Test
  void deletingATaskLeavesItsDatasetWithItsName() {
    Task task = publish("mix", List.of(), row("a"));
    Task open = create("open");
    assertThatThrownBy(() -> tasks.delete(open.id()))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("cancel");
    tasks.delete(task.id());
    assertThat(tasks.byId(task.id())).isEmpty();
    assertThat(receipts(task)).isEmpty();
    assertThat(datasets.find("mix")).isPresent();
    assertThat(tasks.holderOfName("mix")).isEmpty();
    assertThatThrownBy(() -> create("mix")).isInstanceOf(NameTakenException.class);
    datasets.remove(datasets.find("mix").orElseThrow());
    create("mix");
    assertThatThrownBy(() -> tasks.delete("no such task"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no such task");
  }

  @Test
  void tasksAreListedNewestFirst() {
    Task first = create("first");
    clock.advance(Duration.ofMillis(1));
    Task second = create("second");
    assertThat(tasks.list()).extracting(Task::id).containsExactly(second.id(), first.id());
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
