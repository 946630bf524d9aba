package io.admix.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A new catalogue for each test, and words for what the tests of every database do with it. */
public abstract class CatalogContract {
  static final Duration LEASE = Duration.ofSeconds(30);
  static final Instant MODIFIED = Instant.parse("2025-06-01T10:11:12.345678Z");
  static final String TAGS =
      "[{\"id\":\"1\",\"type\":\"choices\",\"from_name\":\"quality\",\"to_name\":\"text\",\"values\":{\"choices\":[\"high\",\"top\"]}}]";

  final TestClock clock = new TestClock();
  CatalogSettings settings;
  Catalog catalog;
  Datasets datasets;
  Tasks tasks;

  /** Settings of a new, empty database. */
  protected abstract CatalogSettings newDatabase(Clock clock);

  @BeforeEach
  void open() {
    settings = newDatabase(clock);
    catalog = Catalog.open(settings);
    datasets = catalog.datasets();
    tasks = catalog.tasks();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  Database database() {
    return ((SqlCatalog) catalog).connections();
  }

  /** Changes the tables behind the catalogue's back. */
  void sql(String template, Object... arguments) {
    database().change(Database.Durability.BATCH, session -> session.update(template, arguments));
  }

  long count(String template, Object... arguments) {
    return database()
        .read(session -> session.first(template, row -> row.getLong(1), arguments))
        .orElseThrow();
  }

  static NewFile file(String path) {
    return new NewFile(path, path.length(), MODIFIED, null, null, null, null);
  }

  static NewFile tagged(String path) {
    return new NewFile(
        path, 7, MODIFIED, "c".repeat(64), TAGS, MODIFIED.plusSeconds(1), "{\"a\":1}");
  }

  Dataset register(String name, NewFile... files) {
    try (FileWriter writer = datasets.register(name, "/data/" + name, "TEXT")) {
      for (NewFile file : files) {
        writer.add(file);
      }
      return writer.commit();
    }
  }

  /** Path to id. */
  Map<String, String> ids(Dataset dataset) {
    Map<String, String> result = new TreeMap<>();
    datasets.scan(dataset, Set.of(), row -> result.put(row.relativePath(), row.id()));
    return result;
  }

  List<String> labels(Dataset dataset) {
    List<String> result = new ArrayList<>();
    datasets.scan(
        dataset,
        Set.of(Datasets.Column.TAGS),
        row ->
            row.anyLabel((label, value) -> {
              result.add(row.relativePath() + " " + label + "=" + value);
              return false;
            }));
    result.sort(null);
    return result;
  }

  NewTask newTask(String name, String target, NewTask.Relation... relations) {
    return new NewTask(
        Ids.next(),
        name,
        "local",
        "{\"seed\":1}",
        "abc",
        target,
        Ids.next(),
        "TEXT",
        10,
        List.of(relations));
  }

  Task create(String name) {
    return tasks.create(newTask(name, "/mixes/" + name));
  }

  Tasks.Lease acquire(Task task, String runner) {
    return tasks.acquire(task.id(), runner, LEASE, other -> false).orElseThrow();
  }

  Tasks.Lease placing(Task task) {
    Tasks.Lease lease = acquire(task, "one");
    tasks.startPlacing(lease, "plan", 4, 99);
    return lease;
  }

  static RunRecord.Row row(String path) {
    return new RunRecord.Row(path, 5, MODIFIED, null, null);
  }

  static RunRecord run(long run, RunRecord.Row... rows) {
    return new RunRecord(
        new Receipt(run, rows.length, 0, 5L * rows.length, "boot", new byte[] {1, 2}),
        List.of(rows),
        List.of());
  }

  Task now(Task task) {
    return tasks.byId(task.id()).orElseThrow();
  }

  List<Receipt> receipts(Task task) {
    List<Receipt> result = new ArrayList<>();
    tasks.receipts(task.id(), result::add);
    return result;
  }

  /** Publishes a mix of the given files. */
  Task publish(String name, List<Publication.LineageSource> sources, RunRecord.Row... rows) {
    Task task = create(name);
    Tasks.Lease lease = placing(task);
    tasks.record(lease, List.of(run(0, rows)));
    tasks.startPublishing(lease, "manifest");
    tasks.complete(
        lease, new Publication(rows.length, 5L * rows.length, "{\"done\":true}", sources));
    return now(task);
  }
}
