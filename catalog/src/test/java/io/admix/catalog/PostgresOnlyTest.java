package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What only a server database can do to us. */
class PostgresOnlyTest extends CatalogContract {
  private static final String DATAMATE =
      """
      CREATE TABLE t_dm_datasets (id varchar(36) PRIMARY KEY, name varchar(255) NOT NULL, description text, dataset_type varchar(50) NOT NULL, category varchar(100),
        path varchar(500), format varchar(50), schema_info jsonb, size_bytes bigint DEFAULT 0, file_count bigint DEFAULT 0, record_count bigint DEFAULT 0,
        retention_days int DEFAULT 0, tags jsonb, metadata jsonb, status varchar(50) DEFAULT 'DRAFT', is_public boolean DEFAULT false, is_featured boolean DEFAULT false,
        version bigint NOT NULL DEFAULT 0, created_at timestamp DEFAULT CURRENT_TIMESTAMP, updated_at timestamp DEFAULT CURRENT_TIMESTAMP, created_by varchar(255), updated_by varchar(255));
      CREATE TABLE t_dm_dataset_files (id varchar(36) PRIMARY KEY, dataset_id varchar(36) NOT NULL REFERENCES t_dm_datasets (id) ON DELETE CASCADE, file_name varchar(255) NOT NULL,
        file_path varchar(1000) NOT NULL, file_type varchar(50), file_size bigint DEFAULT 0, check_sum varchar(64), tags jsonb, tags_updated_at timestamp, annotation jsonb,
        metadata jsonb, status varchar(50) DEFAULT 'ACTIVE', upload_time timestamp, last_access_time timestamp, created_at timestamp, updated_at timestamp);
      CREATE INDEX theirs ON t_dm_dataset_files (dataset_id);
      INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('their-id', 'theirs', 'TEXT', '/theirs', 'ACTIVE');
      INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, tags) VALUES ('f1', 'their-id', 'a', '/theirs/a', 1, NULL), ('f2', 'their-id', 'b', '/theirs/b', 2, 'null');
      """;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    CatalogSettings settings = PostgresForTests.settings(clock);
    execute(settings, DATAMATE);
    return settings;
  }

  private static void execute(CatalogSettings settings, String sql) {
    try (var connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException fault) {
      throw new IllegalStateException(sql, fault);
    }
  }

  @Test
  void tablesOfDataMateAreUsedAndNotAltered() {
    assertThat(datasets.find("theirs").orElseThrow().kind()).isEqualTo(Dataset.Kind.FOREIGN);
    assertThat(ids(datasets.find("theirs").orElseThrow())).containsOnlyKeys("a", "b");
    assertThat(
            count("SELECT COUNT(*) FROM pg_index WHERE indrelid = 't_dm_dataset_files'::regclass"))
        .isEqualTo(2);
    assertThat(
            count(
                "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = 't_dm_dataset_files'::regclass AND NOT tgisinternal"))
        .isZero();
    assertThat(
            count(
                "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 't\\_%'"))
        .as("all that is only ours is in schema admix")
        .isZero();
    register("ours", tagged("x"));
    assertThat(datasets.list()).extracting(Dataset::name).containsExactly("ours", "theirs");
  }

  @Test
  void aConnectionLostInTheCommitLeavesTheOutcomeUnknown() {
    execute(
        settings,
        """
        CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON admix.receipts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose();
        """);
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    assertThatThrownBy(() -> tasks.record(lease, List.of(run(0, row("a")))))
        .isInstanceOf(CommitUnknownException.class);
    execute(settings, "DROP TRIGGER lose ON admix.receipts");
    assertThat(receipts(task)).as("it was not there this time").isEmpty();
    tasks.record(lease, List.of(run(0, row("a"))));
    assertThat(now(task).files()).isEqualTo(1);
  }

  @Test
  void aLineageTableThatSomebodyHolds_isNotWaitedForLong_andTheMixIsPublished() throws Exception {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, row("a"))));
    tasks.startPublishing(lease, "manifest");
    var source = new Publication.LineageSource("a", "a", true);
    try (var holder =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("LOCK TABLE t_lineage_node IN ACCESS EXCLUSIVE MODE");
      assertThat(tasks.complete(lease, new Publication(1, 5, "{}", List.of(source)))).isFalse();
    }
    assertThat(now(task).status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(datasets.find("mix")).isPresent();
    assertThat(count("SELECT COUNT(*) FROM t_lineage_edge")).isZero();
  }

  @Test
  void aTaskWhoseRowSomebodyHolds_isNotWaitedForByTheQueue() throws Exception {
    Task task = create("mix");
    sql("UPDATE {a}tasks SET origin = 'SERVICE' WHERE id = ?", task.id());
    TaskQueue.Candidate offered = catalog.queue().candidates().getFirst();
    try (var holder =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("SELECT 1 FROM admix.tasks FOR UPDATE");
      assertThat(catalog.queue().take(offered, "me", LEASE, other -> false)).isEmpty();
      holder.rollback();
    }
    assertThat(catalog.queue().take(offered, "me", LEASE, other -> false)).isPresent();
  }

  @Test
  void aTransactionOfAFrozenProcessEnds_andAScanMayPause() {
    String asked = "SELECT current_setting('idle_in_transaction_session_timeout')";
    String[] found = new String[2];
    database()
        .change(
            Database.Durability.BATCH,
            session -> found[0] = session.first(asked, row -> row.getString(1)).orElseThrow());
    database()
        .<Integer>read(session -> {
          session.dialect().readAtLeisure(session);
          found[1] = session.first(asked, row -> row.getString(1)).orElseThrow();
          return 1;
        });
    assertThat(found).containsExactly("30s", "0");
  }

  @Test
  void aTooLongPathIsToldInWords() {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    assertThatThrownBy(() -> tasks.record(lease, List.of(run(0, row("x/".repeat(600) + "y")))))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("1,000 characters");
    assertThat(receipts(task)).isEmpty();
  }

  @Test
  void anUnreachableServerIsToldWithItsUrl() {
    String url = "jdbc:postgresql://127.0.0.1:1/none";
    assertThatThrownBy(
            () -> Catalog.open(new CatalogSettings(url, "u", "secret", ZoneId.of("UTC"), clock)))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining(url)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aScanReadsPageByPage() {
    try (FileWriter writer = datasets.register("large", "/data/large", "TEXT")) {
      for (int i = 0; i < 10_000; i++) {
        writer.add(file("f" + i));
      }
      writer.commit();
    }
    int[] seen = {0};
    assertThatThrownBy(() ->
            datasets.scan(
                datasets.find("large").orElseThrow(),
                Set.of(),
                row -> {
                  if (++seen[0] == 100) {
                    execute(
                        settings,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%file_path, file_size%' AND pid <> pg_backend_pid()");
                  }
                }))
        .as("later pages need the server")
        .isInstanceOf(CatalogException.class);
    assertThat(seen[0]).isEqualTo(2_000);
  }
}
