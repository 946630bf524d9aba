package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    assertThat(tasks.holderOfName("local", "mix")).contains(task);
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
  void theMakerOfADataset_isFoundByItsId_whoeverElseHasADatasetOfThatName() {
    Task anns = tasks.create(ownedBy("ann"));
    Task bens = tasks.create(ownedBy("ben"));
    assertThat(tasks.maker(anns.datasetId())).contains(anns);
    assertThat(tasks.maker(bens.datasetId())).contains(bens);
    assertThat(tasks.holderOfName("ann", "mix")).contains(anns);
    assertThat(tasks.holderOfName("system", "mix")).isEmpty();
  }

  private static NewTask ownedBy(String owner) {
    return new NewTask(
        Ids.next(),
        "mix",
        owner,
        "{\"seed\":1}",
        "abc",
        "/mixes/" + owner,
        Ids.next(),
        "TEXT",
        10,
        List.of());
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
    assertThat(tasks.holderOfName("local", "other")).isEmpty();
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
  void withoutLineage_theReportIsTheOneThatSaysSo() {
    sql("ALTER TABLE t_lineage_node RENAME TO gone");
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    tasks.startPublishing(lease, "manifest");
    List<Publication.LineageSource> sources =
        List.of(new Publication.LineageSource("a", "a", true));

    assertThat(tasks.complete(lease, new Publication(1, 5, "{}", "{\"warned\":1}", sources)))
        .isFalse();

    assertThat(now(task).status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(now(task).report()).isEqualTo("{\"warned\":1}");
    assertThat(datasets.find("mix")).isPresent();
  }

  @Test
  void mixesThatAreAllPublishedAtOnce_joinIntoOneGraph() throws Exception {
    List<Callable<Task>> works = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      var left = new Publication.LineageSource("s" + i, "s" + i, true);
      var right = new Publication.LineageSource("s" + (i + 1), "s" + (i + 1), true);
      String name = "mix" + i;
      works.add(() -> publish(name, List.of(left, right), row("x")));
    }
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<Task> published : threads.invokeAll(works)) {
        assertThat(published.get().status()).isEqualTo(Task.Status.COMPLETED);
      }
    }
    assertThat(count("SELECT COUNT(*) FROM t_lineage_node")).isEqualTo(13);
    assertThat(count("SELECT COUNT(*) FROM t_lineage_edge")).isEqualTo(12);
    assertThat(count("SELECT COUNT(DISTINCT graph_id) FROM t_lineage_node")).isEqualTo(1);
    assertThat(count("SELECT COUNT(DISTINCT graph_id) FROM t_lineage_edge")).isEqualTo(1);
  }

  @Test
  void lineageIsNamedAsDataMateDoes_nodesByDataset_edgesByTask() {
    NewTask plain = newTask("dataset-name", "/mixes/named");
    Task task =
        tasks.create(
            new NewTask(
                plain.id(),
                plain.name(),
                plain.owner(),
                plain.recipe(),
                plain.recipeSha256(),
                plain.targetPath(),
                plain.datasetId(),
                plain.datasetType(),
                plain.total(),
                plain.relations(),
                "task name",
                TaskOrigin.DATAMATE));
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    tasks.startPublishing(lease, "manifest");
    var source = new Publication.LineageSource("a", "source", true);
    assertThat(tasks.complete(lease, new Publication(1, 5, "{}", List.of(source)))).isTrue();
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_lineage_edge e JOIN t_lineage_node f ON f.id = e.from_node_id JOIN t_lineage_node t ON t.id = e.to_node_id"
                    + " WHERE e.name = 'task name' AND e.process_id = ? AND f.name = 'source' AND t.name = 'dataset-name' AND f.graph_id = t.graph_id AND e.graph_id = t.graph_id",
                task.id()))
        .isEqualTo(1);
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
    assertThat(tasks.holderOfName("local", "mix")).isEmpty();
    assertThat(tasks.holderOfTarget("/mixes/mix")).isEmpty();
    assertThat(datasets.byId(task.datasetId())).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM t_dm_dataset_files")).isZero();
    assertThat(tasks.acquire(task.id(), "three", LEASE, other -> true)).isEqualTo(Optional.empty());
    create("mix");
  }

  @Test
  void aCancelThatComesAfterPublishingBeganIsNotTaken() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    assertThat(tasks.startPublishing(lease, "m")).isTrue();
    tasks.requestCancel(task.id());
    assertThat(now(task).cancelRequested()).isFalse();
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
    assertThat(tasks.startPublishing(lease, "m")).as("the cancel came first").isFalse();
    assertThat(now(task).phase()).isEqualTo(Task.Phase.PLACING);

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
    assertThat(tasks.holderOfName("local", "mix")).isEmpty();
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
}
