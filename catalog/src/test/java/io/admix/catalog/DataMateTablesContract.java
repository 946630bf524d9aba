package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What DataMate's interface reads, on every database. */
public abstract class DataMateTablesContract extends CatalogContract {
  static final Actor MIA = Actor.of("mia");
  static final Actor LEO = Actor.of("leo");

  private DataMateTables tables;

  @BeforeEach
  void tables() {
    tables = catalog.dataMate();
  }

  private NewTask ratio(Actor actor, String name, @Nullable String description) {
    String id = Ids.next();
    return new NewTask(
        id,
        name + "-" + id,
        actor.owner(),
        "{\"seed\":1}",
        "abc",
        "/mixes/" + id,
        Ids.next(),
        "TEXT",
        10,
        List.of(
            new NewTask.Relation("d-2", "b", "5", 5L, "{\"date_range\": null, \"label\": null}"),
            new NewTask.Relation("d-1", "a", "0", 0L, "{}")),
        name,
        TaskOrigin.DATAMATE,
        new NewTask.Ratio(description));
  }

  private Task make(Actor actor, String name) {
    clock.advance(java.time.Duration.ofSeconds(1));
    return catalog.queue().submit(actor, ratio(actor, name, "why"), null).task();
  }

  private List<String> names(
      Actor actor, @Nullable String name, @Nullable String status, int page, int size) {
    return tables
        .instances(actor, new RatioQuery(name, status, new PageRequest(page, size)))
        .items()
        .stream()
        .map(instance -> String.valueOf(instance.name()))
        .toList();
  }

  @Test
  void tasksAreListedNewestFirstPageByPage() {
    for (String name : List.of("one", "two", "three")) {
      make(MIA, name);
    }
    assertThat(names(MIA, null, null, 1, 2)).containsExactly("three", "two");
    assertThat(names(MIA, null, null, 2, 2)).containsExactly("one");
    assertThat(tables.instances(MIA, new RatioQuery(null, null, new PageRequest(2, 2))).total())
        .isEqualTo(3);
  }

  @Test
  void namesAreSearchedInTheirCaseWithoutWildcards() {
    make(MIA, "50%_a");
    make(MIA, "50xxa");
    assertThat(names(MIA, "%_", null, 1, 10)).containsExactly("50%_a");
    assertThat(names(MIA, "50", "PENDING", 1, 10)).hasSize(2);
    assertThat(names(MIA, "A", null, 1, 10)).isEmpty();
    assertThat(names(MIA, null, "COMPLETED", 1, 10)).isEmpty();
  }

  @Test
  void anOwnerSeesHisOwnAndTheSystems() {
    make(MIA, "mias");
    Task leos = make(LEO, "leos");
    make(Actor.SYSTEM, "ours");
    assertThat(names(MIA, null, null, 1, 10)).containsExactly("ours", "mias");
    assertThat(names(Actor.SYSTEM, null, null, 1, 10)).containsExactly("ours", "leos", "mias");
    assertThat(tables.instance(MIA, leos.id())).isEmpty();
    assertThat(tables.instance(LEO, leos.id())).isPresent();
  }

  @Test
  void whatDataMateLeft_isToldApartFromOurs_toWhoMaySeeIt() {
    make(MIA, "ours");
    sql(
        "INSERT INTO t_st_ratio_instances (id, name, status, created_by) VALUES ('theirs', 'left', 'PENDING', 'mia')");
    RatioQuery all = new RatioQuery(null, null, new PageRequest(1, 10));
    assertThat(tables.foreign(MIA, all).items())
        .extracting(RatioInstance::id)
        .containsExactly("theirs");
    assertThat(tables.foreign(MIA, all).total()).isEqualTo(1);
    assertThat(tables.foreign(LEO, all).items()).isEmpty();
    assertThat(tables.foreign(MIA, new RatioQuery("ours", null, all.page())).items()).isEmpty();
  }

  @Test
  void aTaskIsToldWithItsTargetItsSourcesAndItsState() {
    Task task = make(MIA, "mix/一");
    RatioInstance told = tables.instance(MIA, task.id()).orElseThrow();
    assertThat(told.name()).isEqualTo("mix/一");
    assertThat(told.description()).isEqualTo("why");
    assertThat(told.totals()).isEqualTo(10);
    assertThat(told.createdAt())
        .isEqualTo(LocalDateTime.ofInstant(clock.instant(), settings.zone()));
    assertThat(told.target())
        .isEqualTo(
            new RatioInstance.Target(task.datasetId(), task.name(), "TEXT", "DRAFT", 0L, 0L));
    assertThat(told.task())
        .isEqualTo(
            new RatioInstance.State(
                Task.Status.PENDING, Task.Phase.PLANNING, true, false, 0, 0, 0, null));
    // PostgreSQL puts a row that is changed in another place.
    sql("UPDATE t_st_ratio_relations SET updated_at = NULL WHERE source_dataset_id = 'd-2'");
    assertThat(tables.relations(task.id()))
        .containsExactly(
            new RatioInstance.Relation("d-2", 5L, "{\"date_range\": null, \"label\": null}"),
            new RatioInstance.Relation("d-1", 0L, "{}"));
    assertThat(tables.dataset(MIA, task.datasetId()).orElseThrow().description()).isEqualTo("why");
  }

  @Test
  void aCancelledTaskIsShownAsFailedWithItsTrueState() {
    Task task = make(MIA, "mix");
    tasks.cancelled(acquire(task, "one"));
    RatioInstance told = tables.instance(MIA, task.id()).orElseThrow();
    assertThat(told.status()).isEqualTo("FAILED");
    assertThat(told.task())
        .extracting(RatioInstance.State::status)
        .isEqualTo(Task.Status.CANCELLED);
    assertThat(told.target()).isNull();
    assertThat(told.targetDatasetId()).isEqualTo(task.datasetId());
  }

  @Test
  void aNameIsTakenOnceAmongWhatAnOwnerSees() {
    make(MIA, " mix ");
    assertThat(tables.isNameTaken(MIA, "mix")).isTrue();
    assertThat(tables.isNameTaken(LEO, "mix")).isFalse();
    assertThatThrownBy(() -> make(MIA, "mix")).isInstanceOf(TaskNameTakenException.class);
    make(LEO, "mix");
    make(Actor.SYSTEM, "other");
    assertThatThrownBy(() -> make(LEO, "other")).isInstanceOf(TaskNameTakenException.class);
  }

  @Test
  void aDeletedTaskFreesItsName() {
    Task task = make(MIA, "mix");
    tasks.cancelled(acquire(task, "one"));
    assertThat(tables.isNameTaken(MIA, "mix")).isTrue();
    tasks.delete(task.id());
    assertThat(tables.isNameTaken(MIA, "mix")).isFalse();
    assertThat(make(MIA, "mix").taskName()).isEqualTo("mix");
    sql("DELETE FROM t_st_ratio_instances WHERE name = 'mix'");
    assertThat(make(MIA, "mix").taskName()).as("deleted by another system").isEqualTo("mix");
  }

  @Test
  void ofManyWhoWantOneTaskNameOneWins() throws Exception {
    int won = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> results =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> threads.submit(() -> wins(ratio(MIA, "mix", null))))
              .toList();
      for (Future<Boolean> result : results) {
        won += result.get() ? 1 : 0;
      }
    }
    assertThat(won).isEqualTo(1);
    assertThat(names(MIA, "mix", null, 1, 100)).hasSize(1);
  }

  private boolean wins(NewTask task) {
    try {
      catalog.queue().submit(MIA, task, null);
      return true;
    } catch (TaskNameTakenException lost) {
      return false;
    }
  }

  @Test
  void aTaskOfOursIsNotDeletedAsAForeignRow() {
    Task task = make(MIA, "mix");
    assertThat(tables.deleteForeign(MIA, task.id())).isFalse();
    sql(
        "INSERT INTO t_st_ratio_instances (id, name, status, created_by) VALUES ('theirs', 'left', 'RUNNING', 'leo')");
    assertThat(tables.deleteForeign(MIA, "theirs")).as("not seen").isFalse();
    assertThat(tables.deleteForeign(LEO, "theirs")).isTrue();
    assertThat(tables.deleteForeign(LEO, "theirs")).isFalse();
  }

  @Test
  void datasetsAreListedNewestFirstByKeywordTypeAndState() {
    register("alpha", file("a"));
    clock.advance(java.time.Duration.ofSeconds(1));
    register("beta", file("a"), file("b"));
    Task mix = make(MIA, "gamma");
    assertThat(datasetNames(MIA, null, null, null)).containsExactly(mix.name(), "beta", "alpha");
    assertThat(datasetNames(LEO, null, null, null)).containsExactly("beta", "alpha");
    assertThat(datasetNames(MIA, "why", null, null)).as("in the description").hasSize(1);
    assertThat(datasetNames(MIA, "lph", "TEXT", "ACTIVE")).containsExactly("alpha");
    assertThat(datasetNames(MIA, null, "IMAGE", null)).isEmpty();
    DataMateDataset beta =
        tables.dataset(LEO, datasets.find("beta").orElseThrow().id()).orElseThrow();
    assertThat(beta.files()).isEqualTo(2);
    assertThat(beta.createdBy()).isEqualTo("system");
    assertThat(tables.dataset(LEO, mix.datasetId())).isEmpty();
  }

  private List<String> datasetNames(
      Actor actor, @Nullable String keyword, @Nullable String type, @Nullable String status) {
    Page<DataMateDataset> page =
        tables.datasets(
            actor, new DataMateDataset.Query(keyword, type, status, new PageRequest(1, 10)));
    assertThat(page.total()).isEqualTo(page.items().size());
    return page.items().stream().map(dataset -> dataset.dataset().name()).toList();
  }

  @Test
  void aRegistrationThatIsUnderWayIsNotListed() {
    try (FileWriter writer = datasets.register("half", "/data/half", "TEXT")) {
      writer.add(file("a"));
      assertThat(datasetNames(MIA, null, null, null)).isEmpty();
    }
  }
}
