package io.admix.catalog;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Datasets over SQL. */
final class SqlDatasets implements Datasets {
  /** A tenth of a second or two on SQLite, which one at a time may write. */
  private static final int ROWS_AT_ONCE = 50_000;

  private final Database database;
  private final Clock clock;
  private final ZoneId zone;

  SqlDatasets(Database database, CatalogSettings settings) {
    this.database = database;
    this.clock = settings.clock();
    this.zone = settings.zone();
  }

  @Override
  public Optional<Dataset> find(Actor actor, String name) {
    List<Dataset> found =
        database.read(session ->
            session.list(
                DatasetRows.SELECT + "WHERE d.name = ? AND d.status = 'ACTIVE' ORDER BY d.id",
                row -> DatasetRows.map(row, session.dialect()),
                name));
    List<Dataset> candidates =
        Stream.<Predicate<Dataset>>of(
                dataset -> dataset.owner().equals(actor.owner()),
                dataset -> dataset.owner().equals(Claims.SHARED),
                dataset -> actor.maySee(dataset.owner()))
            .map(nearness -> oursFirst(found.stream().filter(nearness).toList()))
            .filter(near -> !near.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (candidates.size() > 1) {
      throw new AmbiguousNameException(
          "%d datasets are named '%s': say which by its id: %s"
              .formatted(
                  candidates.size(),
                  name,
                  candidates.stream().map(Dataset::id).limit(10).toList()));
    }
    return candidates.stream().findFirst();
  }

  private static List<Dataset> oursFirst(List<Dataset> found) {
    List<Dataset> ours =
        found.stream().filter(dataset -> dataset.kind() != Dataset.Kind.FOREIGN).toList();
    return ours.isEmpty() ? found : ours;
  }

  @Override
  public Optional<Dataset> byId(String id) {
    return database.read(session -> DatasetRows.byId(session, id));
  }

  @Override
  public List<Dataset> list() {
    return database.read(session ->
        session.list(
            DatasetRows.SELECT + "WHERE d.status = 'ACTIVE' ORDER BY d.name {bytes}, d.id",
            row -> DatasetRows.map(row, session.dialect())));
  }

  @Override
  public Page<Dataset> list(Actor actor, DatasetQuery query) {
    return database.read(session -> DatasetSearch.page(session, actor, query));
  }

  @Override
  public List<String> names(Actor actor, int most) {
    return database.read(session -> DatasetSearch.names(session, actor, most));
  }

  @Override
  public boolean hasFolder(Actor actor, Collection<String> paths) {
    return database.read(session -> DatasetSearch.hasFolder(session, actor, paths));
  }

  @Override
  public List<Dataset> inFolders(Actor actor, Collection<String> paths) {
    return database.read(session -> DatasetSearch.inFolders(session, actor, paths));
  }

  @Override
  public FilePage files(
      Dataset dataset, @Nullable String contained, @Nullable String after, int size) {
    return database.read(session -> FilePages.page(session, dataset, contained, after, size));
  }

  @Override
  public Optional<DatasetFile> file(Dataset dataset, String id) {
    return database.read(session -> FilePages.file(session, dataset, id));
  }

  @Override
  public SortedSet<String> labelNames(Dataset dataset) {
    return database.read(session -> FilePages.labelNames(session, dataset));
  }

  @Override
  public FileWriter register(
      String owner, String name, String path, String type, @Nullable Labelling labelling) {
    DatasetRows.Draft draft = draft(owner, name, path, type, null, labelling);
    database.change(
        Database.Durability.BATCH,
        session -> {
          Writer.removeAbandoned(session, clock.instant());
          Claims.claimName(session, owner, name, null, draft.id());
          DatasetRows.insertDraft(session, draft, clock.instant());
        });
    return new DraftWriter(
        database,
        clock,
        draft,
        (session, files, bytes) -> {
          DatasetRows.activate(session, draft.id(), files, bytes, clock.instant());
          session.update(
              "UPDATE {a}datasets SET writer = NULL, writer_until = NULL WHERE dataset_id = ?",
              draft.id());
          return DatasetRows.byId(session, draft.id()).orElseThrow();
        });
  }

  @Override
  public FileWriter rescan(Dataset dataset) {
    if (dataset.kind() != Dataset.Kind.SCANNED) {
      throw new CatalogException(
          "Only a dataset that was registered from a folder can be scanned again; '%s' is %s. Nothing was changed."
              .formatted(dataset.name(), dataset.kind()));
    }
    DatasetRows.Draft draft =
        draft(dataset.owner(), dataset.name(), dataset.path(), dataset.type(), dataset.id(), null);
    database.change(
        Database.Durability.BATCH,
        session -> {
          Writer.removeAbandoned(session, clock.instant());
          refuseSecondRescan(session, dataset);
          DatasetRows.insertDraft(session, draft, clock.instant());
        });
    return new DraftWriter(
        database,
        clock,
        draft,
        (session, files, bytes) ->
            Rescan.commit(
                session, dataset, draft.id(), new Rescan.Counts(files, bytes), clock.instant()));
  }

  private static void refuseSecondRescan(Session session, Dataset dataset)
      throws java.sql.SQLException {
    if (DatasetRows.byId(session, dataset.id()).isEmpty()) {
      throw new CatalogException(
          "The dataset '%s' is not there any more. Nothing was changed.".formatted(dataset.name()));
    }
    var other =
        session.first(
            "SELECT writer FROM {a}datasets WHERE replaces = ?",
            row -> row.getString(1),
            dataset.id());
    if (other.isPresent()) {
      throw new InUseException(
          "The dataset '%s' is being scanned by another process (%s): wait for it. Nothing was changed."
              .formatted(dataset.name(), other.get()));
    }
  }

  private DatasetRows.Draft draft(
      String owner,
      String name,
      String path,
      String type,
      @Nullable String replaces,
      @Nullable Labelling labelling) {
    Instant now = clock.instant();
    return new DatasetRows.Draft(
        Ids.next(),
        name,
        path,
        type,
        owner,
        Dataset.Kind.SCANNED,
        Writer.self(),
        Writer.leaseFrom(now),
        replaces,
        labelling);
  }

  @Override
  public void remove(Dataset dataset) {
    if (dataset.kind() == Dataset.Kind.FOREIGN) {
      throw new CatalogException(
          "The dataset '%s' (%s) was made by another system: remove it there. Nothing was changed."
              .formatted(dataset.name(), dataset.id()));
    }
    boolean isBegun = isBeingRemoved(dataset);
    if (isBegun) {
      deleteRowsInSteps(dataset.id(), ROWS_AT_ONCE);
    }
    database.change(
        Database.Durability.POWER_LOSS,
        session -> {
          // Once it has begun there is no way back: its files are gone.
          if (!isBegun) {
            refuseUsed(session, dataset);
          }
          DatasetRows.delete(session, dataset.id());
        });
  }

  private boolean isBeingRemoved(Dataset dataset) {
    return database.read(session ->
        session
            .first(
                "SELECT 1 FROM {a}datasets WHERE dataset_id = ? AND kind = 'REMOVING'",
                row -> row.getInt(1),
                dataset.id())
            .isPresent());
  }

  /**
   * Nobody sees these rows any more, and whoever removes the dataset after a crash finds the rest:
   * so others write between the steps, and no transaction grows with the files.
   */
  void deleteRowsInSteps(String datasetId, int most) {
    int deleted = most;
    while (deleted == most) {
      deleted =
          database.write(
              Database.Durability.BATCH,
              session -> DatasetRows.deleteSomeFiles(session, datasetId, most));
    }
  }

  @Override
  public void beginRemoval(Dataset dataset) {
    if (dataset.kind() != Dataset.Kind.MIXED && dataset.kind() != Dataset.Kind.REMOVING) {
      throw new IllegalArgumentException("only a mix is removed in steps: " + dataset);
    }
    database.change(
        Database.Durability.POWER_LOSS,
        session -> {
          refuseUsed(session, dataset);
          session.update(
              "UPDATE t_dm_datasets SET status = 'DRAFT', updated_at = ? WHERE id = ?",
              clock.instant(),
              dataset.id());
          session.update(
              "UPDATE {a}datasets SET kind = 'REMOVING' WHERE dataset_id = ?", dataset.id());
        });
  }

  @Override
  public List<Dataset> removing() {
    return database.read(session ->
        session.list(
            DatasetRows.SELECT + "WHERE f.kind = 'REMOVING' ORDER BY d.name {bytes}, d.id",
            row -> DatasetRows.map(row, session.dialect())));
  }

  private static void refuseUsed(Session session, Dataset dataset) throws java.sql.SQLException {
    var user =
        session.first(
            "SELECT t.id, t.name, t.status FROM {a}tasks t WHERE (t.status IN ('PENDING', 'RUNNING') OR (t.status = 'FAILED' AND t.resumable = 1)) AND (t.dataset_id = ? OR EXISTS"
                + " (SELECT 1 FROM t_st_ratio_relations r WHERE r.ratio_instance_id = t.id AND r.source_dataset_id = ?))",
            row ->
                "task %s ('%s', %s)"
                    .formatted(row.getString(1), row.getString(2), row.getString(3)),
            dataset.id(),
            dataset.id());
    if (user.isPresent()) {
      throw new InUseException(
          "The dataset '%s' is used by %s: let it end or cancel it first. Nothing was changed."
              .formatted(dataset.name(), user.get()));
    }
  }

  @Override
  public ScanSummary scan(Dataset dataset, Set<Column> columns, RowVisitor visitor) {
    return database.scan(dataset, columns, visitor);
  }

  @Override
  public Distribution distribution(Dataset dataset) {
    Distributions distributions = new Distributions(zone);
    scan(dataset, Set.of(Column.TAGS, Column.MODIFIED), distributions::add);
    return distributions.result();
  }
}
