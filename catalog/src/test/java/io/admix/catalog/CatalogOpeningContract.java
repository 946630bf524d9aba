package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What opening promises on every database. */
public abstract class CatalogOpeningContract extends CatalogContract {

  @Test
  void openingAgainFindsWhatWasWritten() {
    Dataset dataset = register("code", file("a"));
    try (Catalog again = Catalog.open(settings)) {
      assertThat(again.datasets().find("code")).contains(dataset);
      assertThat(((SqlCatalog) again).connections().statements())
          .as("one look at the version, no migration")
          .isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aNewerVersionIsRefusedAndNothingChanged() {
    sql("INSERT INTO {a}version (schema, written_by) VALUES (99, '7.3')");
    assertThatThrownBy(() -> Catalog.open(settings))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("7.3")
        .hasMessageContaining("99")
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void manyWritersFromTwoCataloguesWaitForOneAnother() throws Exception {
    try (Catalog other = Catalog.open(settings);
        var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Task>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        NewTask task = newTask("mix" + i, "/mixes/" + i);
        Callable<Task> work =
            () -> (task.name().hashCode() % 2 == 0 ? other : catalog).tasks().create(task);
        results.add(threads.submit(work));
      }
      for (Future<Task> result : results) {
        result.get();
      }
    }
    assertThat(tasks.list()).hasSize(40);
  }

  @Test
  void ofManyWhoWantOneNameOneWins() throws Exception {
    int won = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        NewTask task = newTask("mix", "/mixes/" + i);
        results.add(threads.submit(() -> wins(task)));
      }
      for (Future<Boolean> result : results) {
        won += result.get() ? 1 : 0;
      }
    }
    assertThat(won).isEqualTo(1);
    assertThat(tasks.list()).hasSize(1);
  }

  private boolean wins(NewTask task) {
    try {
      tasks.create(task);
      return true;
    } catch (NameTakenException lost) {
      return false;
    }
  }

  /** A second empty database. */
  protected abstract CatalogSettings anotherDatabase(Clock clock);

  @Test
  void aCatalogueBeforeTheServiceIsMigratedAndKeepsItsTasksAndDatasets() {
    CatalogSettings old = anotherDatabase(clock);
    try (Database before = Catalogs.database(old)) {
      Migrations.migrate(before, source(before), 2);
      before.change(
          Database.Durability.BATCH,
          session -> {
            session.update(
                "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('o', 'old', 'TEXT', '/old', 'ACTIVE')");
            session.update("INSERT INTO {a}datasets (dataset_id, kind) VALUES ('o', 'SCANNED')");
            session.update(
                "INSERT INTO {a}tasks (id, name, owner, status, phase, resumable, recipe, recipe_sha256, target_path, dataset_id, staging_inode, entries, files, bytes, cancel_requested, fence, created_at, updated_at)"
                    + " VALUES ('t', 'Old Mix', 'system', 'PENDING', 'PLANNING', 1, '{}', 'abc', '/mixes/old', 'd', 0, 0, 0, 0, 0, 0, 1, 1)");
          });
    }
    try (Catalog now = Catalog.open(old)) {
      Task task = now.tasks().byId("t").orElseThrow();
      assertThat(task.taskName()).isEqualTo("Old Mix");
      assertThat(task.origin()).as("no server may run it").isEqualTo(TaskOrigin.COMMAND);
      assertThat(now.datasets().find("old").orElseThrow().labelling())
          .as("how its files got their labels was not recorded")
          .isNull();
      assertThat(
              ((SqlCatalog) now)
                  .connections()
                  .<Integer>read(session ->
                      session
                          .first("SELECT MAX(schema) FROM {a}version", row -> row.getInt(1))
                          .orElseThrow()))
          .isEqualTo(Migrations.SCHEMA);
    }
  }

  private static Supplier<DataSource> source(Database database) {
    return switch (database) {
      case SqliteDatabase sqlite -> () -> new SqliteDataSource(sqlite);
      case PostgresDatabase postgres -> postgres::source;
    };
  }

  @Test
  void theUserIsToldWhichSchemesAreKnown() {
    CatalogSettings odd = new CatalogSettings("jdbc:oracle:x", null, null, settings.zone(), clock);
    assertThatThrownBy(() -> Catalog.open(odd))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("jdbc:sqlite:");
  }
}
