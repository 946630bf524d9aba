package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a migration before it is done. */
class PendingMigrationTest {
  private final TestClock clock = new TestClock();
  @TempDir Path folder;

  @Test
  void lookingAtAMissingFileMakesNone() {
    CatalogSettings settings = SqliteForTests.settings(folder, clock);
    PendingMigration pending = PendingMigration.of(settings);
    assertThat(pending.from()).isZero();
    assertThat(pending.to()).isEqualTo(Migrations.SCHEMA);
    assertThat(pending.sql()).contains("CREATE TABLE admix_tasks").doesNotContain("${");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCatalogueOfThisVersionHasNothingToDo() throws Exception {
    CatalogSettings settings = SqliteForTests.settings(folder, clock);
    Catalog.open(settings).close();
    byte[] before = Files.readAllBytes(folder.resolve("catalog.db"));
    assertThat(PendingMigration.of(settings).isEmpty()).isTrue();
    assertThat(Files.readAllBytes(folder.resolve("catalog.db"))).isEqualTo(before);
  }

  @Test
  void anOlderCatalogueGetsOnlyWhatItLacks() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    try (PostgresDatabase database = new PostgresDatabase(settings)) {
      Migrations.migrate(database, database::source, 2);
    }
    PendingMigration pending = PendingMigration.of(settings);
    assertThat(pending.from()).isEqualTo(2);
    assertThat(pending.sql())
        .contains("ALTER TABLE admix.tasks", "admix.ratio_names")
        .doesNotContain("t_dm_datasets (");
  }

  @Test
  void aNewerCatalogueIsRefused() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    Catalog.open(settings).close();
    DataMateForTests.execute(settings, "INSERT INTO admix.version VALUES (99, '7.3')");
    assertThatThrownBy(() -> PendingMigration.of(settings))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("7.3");
  }

  @Test
  void whatIsPrintedIsWhatIsDone() {
    CatalogSettings printed = onDataMates();
    String sql = PendingMigration.of(printed).sql();
    assertThat(DataMateForTests.query(printed, "SELECT nspname FROM pg_namespace"))
        .as("nothing was done")
        .doesNotContain("admix");
    DataMateForTests.execute(printed, sql);
    CatalogSettings migrated = onDataMates();
    Catalog.open(migrated).close();
    assertThat(ours(printed)).isEqualTo(ours(migrated)).hasSizeGreaterThan(50);
    try (Catalog opened = Catalog.open(printed)) {
      assertThat(opened.tasks().list()).isEmpty();
    }
    assertThat(DataMateForTests.shape(printed)).isEqualTo(DataMateForTests.shape(migrated));
  }

  @Test
  void whatIsPrintedIsWhatIsDoneInAFile() throws Exception {
    CatalogSettings settings = SqliteForTests.settings(folder, clock);
    try (var connection = DriverManager.getConnection(settings.url());
        var statement = connection.createStatement()) {
      statement.executeUpdate(PendingMigration.of(settings).sql());
    }
    assertThat(PendingMigration.of(settings).isEmpty()).isTrue();
    try (Catalog opened = Catalog.open(settings)) {
      assertThat(opened.dataMate().instance(Actor.SYSTEM, "none")).isEmpty();
    }
  }

  @Test
  void whatWasDoneByHandIsNotDoneAgainByTheNextVersion() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    String second;
    try (PostgresDatabase database = new PostgresDatabase(settings)) {
      Migrations.migrate(database, database::source, 2);
      DataMateForTests.execute(settings, "DROP TABLE admix.admix_schema_history");
      second = PendingMigration.of(settings).sql();
    }
    Catalog.open(settings).close();
    assertThat(second).isNotEmpty();
    assertThat(PendingMigration.of(settings).isEmpty()).isTrue();
  }

  @Test
  void aScriptThatIsWrittenAnewIsNoReasonToRefuseAnOldCatalogue() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    try (PostgresDatabase database = new PostgresDatabase(settings)) {
      Migrations.migrate(database, database::source, 2);
    }
    DataMateForTests.execute(settings, "UPDATE admix.admix_schema_history SET checksum = 1");
    Catalog.open(settings).close();
    assertThat(PendingMigration.of(settings).isEmpty()).isTrue();
  }

  @Test
  void aSchemaWithAnApostropheInItsNameIsAsGoodAsAnother() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    DataMateForTests.execute(
        settings,
        "CREATE SCHEMA \"it's\"; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = %I', current_database(), 'it''s'); END $$");
    String sql = PendingMigration.of(settings).sql();
    assertThat(sql).contains("'\"it''s\".t_dm_datasets'", "CREATE TABLE \"it's\".t_dm_datasets");
    Catalog.open(settings).close();
    assertThat(DataMateForTests.query(settings, "SELECT id FROM \"it's\".t_dm_datasets")).isEmpty();
  }

  private CatalogSettings onDataMates() {
    CatalogSettings settings = PostgresForTests.settings(clock);
    DataMateForTests.makeTables(settings);
    DataMateForTests.addRows(settings);
    return settings;
  }

  private static List<String> ours(CatalogSettings settings) {
    return DataMateForTests.query(
        settings,
        "SELECT * FROM (SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS what FROM information_schema.columns WHERE table_schema = 'admix' AND table_name <> 'admix_schema_history'"
            + " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'admix' AND tablename <> 'admix_schema_history') x ORDER BY what COLLATE \"C\"");
  }
}
