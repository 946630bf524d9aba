package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On DataMate's own database, with the flaws of its rows. */
class DataMateDatabaseTest extends CatalogContract {
  private static final String FILES =
      "SELECT file_name || ' ' || coalesce(file_type, '-') || ' ' || coalesce(check_sum, '-') || ' ' || coalesce(tags::text, '-') || ' ' || coalesce(tags_updated_at::text, '-') || ' '"
          + " || coalesce(annotation::text, '-') || ' ' || coalesce(metadata::text, '-') || ' ' || status FROM t_dm_dataset_files WHERE dataset_id = '%s' ORDER BY file_name";

  private List<String> shape = List.of();
  private List<String> rows = List.of();

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    CatalogSettings database = PostgresForTests.settings(clock);
    DataMateForTests.makeTables(database);
    DataMateForTests.addRows(database);
    shape = DataMateForTests.shape(database);
    rows = allRows(database);
    return database;
  }

  private static List<String> allRows(CatalogSettings database) {
    return DataMateForTests.query(
        database,
        "SELECT x FROM (SELECT to_jsonb(d)::text x FROM t_dm_datasets d UNION ALL SELECT to_jsonb(f)::text FROM t_dm_dataset_files f UNION ALL SELECT to_jsonb(i)::text FROM t_st_ratio_instances i"
            + " UNION ALL SELECT to_jsonb(r)::text FROM t_st_ratio_relations r) a ORDER BY x COLLATE \"C\"");
  }

  @Test
  void openingAltersNothingOfDataMates() {
    assertThat(shape).hasSizeGreaterThan(100);
    assertThat(DataMateForTests.shape(settings)).isEqualTo(shape);
    assertThat(allRows(settings)).isEqualTo(rows);
    Task task = create("mix");
    tasks.cancelled(acquire(task, "one"));
    tasks.delete(task.id());
    assertThat(DataMateForTests.shape(settings)).isEqualTo(shape);
    assertThat(allRows(settings)).isEqualTo(rows);
  }

  @Test
  void aRoleThatMayMakeNothingAmongDataMatesTables_bringsOursBesideThem() {
    CatalogSettings owner = PostgresForTests.settings(clock);
    DataMateForTests.makeTables(owner);
    DataMateForTests.execute(
        owner,
        "DO $$ DECLARE i record; BEGIN FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 't_dm_dataset_files'::regclass AND NOT indisprimary LOOP"
            + " EXECUTE 'DROP INDEX ' || i.name; END LOOP; END $$");
    List<String> before = DataMateForTests.shape(owner);
    CatalogSettings guest = guest(owner);
    assertThatThrownBy(() -> DataMateForTests.execute(guest, "CREATE TABLE mine (id int)"))
        .hasStackTraceContaining("permission denied for schema public");
    try (Catalog opened = Catalog.open(guest);
        FileWriter writer = opened.datasets().register("ours", "/ours", "TEXT")) {
      writer.add(file("a"));
      writer.commit();
      assertThat(opened.datasets().find("ours")).isPresent();
    }
    assertThat(DataMateForTests.shape(owner))
        .as("a table that has no index gets none either")
        .isEqualTo(before);
  }

  /** Somebody who may use DataMate's tables, and make a schema. */
  private static CatalogSettings guest(CatalogSettings owner) {
    String database = DataMateForTests.query(owner, "SELECT current_database()").getFirst();
    String role = "guest_of_" + database;
    DataMateForTests.execute(
        owner,
        "CREATE ROLE %1$s LOGIN PASSWORD 'guest'; GRANT CREATE ON DATABASE %2$s TO %1$s; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO %1$s; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %1$s"
            .formatted(role, database));
    String url = owner.url().substring(0, owner.url().indexOf('?'));
    return new CatalogSettings(url, role, "guest", owner.zone(), owner.clock());
  }

  @Test
  void anEmptyDatabaseGetsTablesThatDataMatesStatementsFit() {
    CatalogSettings empty = PostgresForTests.settings(clock);
    try (Catalog opened = Catalog.open(empty)) {
      DataMateForTests.addRows(empty);
      assertThat(opened.dataMate().instance(Actor.SYSTEM, "r-done")).isPresent();
    }
  }

  @Test
  void flawedRowsAreShownAsTheyAre() {
    Page<RatioInstance> all =
        catalog.dataMate().instances(Actor.SYSTEM, new RatioQuery(null, null, page()));
    assertThat(all.items())
        .extracting(RatioInstance::id)
        .containsExactly("r-runs", "r-left", "r-twin", "r-done", "r-null");
    RatioInstance nothing = all.items().getLast();
    assertThat(nothing).hasAllNullFieldsOrPropertiesExcept("id");
    RatioInstance done = all.items().get(3);
    assertThat(done.createdAt()).isEqualTo(LocalDateTime.parse("2026-01-05T08:00:00.488673"));
    assertThat(done.target())
        .isEqualTo(
            new RatioInstance.Target("d-target", "old-20260105080000", "TEXT", "ACTIVE", 2L, 12L));
    assertThat(catalog.dataMate().relations("r-done"))
        .as("in the order in which they were written, not of their ids")
        .extracting(RatioInstance.Relation::datasetId)
        .containsExactly("d-text", "d-twin");
    assertThat(all.items().get(2).target()).as("its dataset is gone").isNull();
  }

  private static PageRequest page() {
    return new PageRequest(1, 100);
  }

  @Test
  void tasksOfDataMatesAreNeverOurs() {
    assertThat(tasks.list()).isEmpty();
    assertThat(tasks.byId("r-left")).isEmpty();
    assertThatThrownBy(() -> tasks.acquire("r-left", "one", LEASE, other -> true))
        .isInstanceOf(CatalogException.class);
    assertThat(catalog.dataMate().deleteForeign(Actor.of("mia"), "r-runs"))
        .as("another's")
        .isFalse();
    assertThat(catalog.dataMate().deleteForeign(Actor.of("mia"), "r-left")).isTrue();
    assertThat(
            count("SELECT COUNT(*) FROM t_st_ratio_relations WHERE ratio_instance_id = 'r-left'"))
        .isZero();
  }

  @Test
  void aNameThatDataMateHasTwiceIsTakenOnlyForWhoSeesIt() {
    assertThat(catalog.dataMate().isNameTaken(Actor.of("mia"), "old")).isTrue();
    assertThat(catalog.dataMate().isNameTaken(Actor.of("leo"), "old")).isFalse();
    assertThat(catalog.dataMate().isNameTaken(Actor.of("leo"), "stuck")).isTrue();
  }

  @Test
  void datasetsAreShownWithAllThatDataMateKeepsOfThem() {
    DataMateDataset text = catalog.dataMate().dataset(Actor.of("leo"), "d-text").orElseThrow();
    assertThat(text.tags()).contains("quality");
    assertThat(text.retentionDays()).isEqualTo(7);
    assertThat(text.createdAt()).isEqualTo(LocalDateTime.parse("2026-01-01T08:00:00.5"));
    assertThat(text.createdBy()).isNull();
    assertThat(catalog.dataMate().dataset(Actor.of("leo"), "d-image")).isEmpty();
    assertThat(
            catalog
                .dataMate()
                .datasets(
                    Actor.of("mia"), new DataMateDataset.Query("news", null, "PUBLISHED", page()))
                .items())
        .extracting(dataset -> dataset.dataset().id())
        .containsExactly("d-twin");
  }

  @Test
  void copiedRowsCarryEverythingAndNullStaysNull() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(
        lease, List.of(run(0, row("a.txt", "f-1"), row("b.txt", "f-2"), row("c.txt", "f-3"))));
    String copied = FILES.formatted(task.datasetId());
    assertThat(DataMateForTests.query(settings, copied))
        .isEqualTo(DataMateForTests.query(settings, FILES.formatted("d-text")).subList(0, 3));
    assertThat(DataMateForTests.query(settings, copied).getFirst())
        .isEqualTo("a.txt txt - - - - - ACTIVE");
  }

  private static RunRecord.Row row(String path, String source) {
    return new RunRecord.Row(path, 10, MODIFIED, "d-text", source);
  }

  @Test
  void whatATriggerWritesIsLocalTimeOfTheSameZone() {
    Task task = create("mix");
    acquire(task, "one");
    assertThat(
            DataMateForTests.query(
                settings,
                "SELECT (now() AT TIME ZONE '%s' - updated_at < interval '1 minute' AND updated_at - now() AT TIME ZONE '%s' < interval '1 minute')::text FROM t_st_ratio_instances WHERE id = '%s'"
                    .formatted(settings.zone(), settings.zone(), task.id())))
        .as("the trigger takes the session's zone, and the server's own time")
        .containsExactly("true");
  }

  @Test
  void lineageJoinsDataMatesGraphs() {
    publish(
        "mix",
        List.of(
            new Publication.LineageSource("d-text", "news", true),
            new Publication.LineageSource("d-twin", "news", true)),
        row("a"));
    assertThat(DataMateForTests.query(settings, "SELECT DISTINCT graph_id FROM t_lineage_node"))
        .as("the smaller graph is merged into the larger")
        .containsExactly("g-2");
    assertThat(
            DataMateForTests.query(
                settings,
                "SELECT edge_type || ' ' || name || ' ' || from_node_id || ' ' || graph_id FROM t_lineage_edge ORDER BY edge_type, from_node_id"))
        .containsExactly(
            "DATA_CLEANING wash d-twin g-2",
            "DATA_RATIO mix d-text g-2",
            "DATA_RATIO mix d-twin g-2");
  }

  @Test
  void leavingRemovesAllThatIsOursAndNothingElse() {
    Task task =
        publish(
            "mix", List.of(new Publication.LineageSource("d-text", "news", true)), row("a", "f-1"));
    DataMateForTests.execute(settings, "DROP SCHEMA admix CASCADE");
    assertThat(DataMateForTests.shape(settings)).isEqualTo(shape);
    assertThat(
            DataMateForTests.query(
                settings, "SELECT status FROM t_st_ratio_instances WHERE id = '" + task.id() + "'"))
        .containsExactly("COMPLETED");
    assertThat(Set.copyOf(allRows(settings))).containsAll(rows);
  }
}
