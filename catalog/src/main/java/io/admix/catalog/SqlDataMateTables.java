package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DataMate's tables over SQL. */
final class SqlDataMateTables implements DataMateTables {
  private static final String INSTANCE =
      "SELECT i.id, i.name, i.description, i.status, i.totals, i.target_dataset_id, i.created_at, i.updated_at, d.id, d.name, d.dataset_type, d.status, d.file_count, d.size_bytes,"
          + " t.status, t.phase, t.resumable, t.cancel_requested, t.entries, t.files, t.bytes, t.error FROM t_st_ratio_instances i LEFT JOIN {a}tasks t ON t.id = i.id"
          + " LEFT JOIN t_dm_datasets d ON d.id = i.target_dataset_id";

  /** What only DataMate's pages show follows what every reader of datasets takes. */
  private static final String DATASET =
      "SELECT "
          + DatasetRows.COLUMNS
          + ", d.description, d.retention_days, d.tags, d.updated_by"
          + DatasetRows.FROM;

  /** Rows that are written for a registration, and datasets that are about to go. */
  private static final String SHOWN =
      "(f.kind IS NULL OR NOT (f.kind = 'REMOVING' OR f.kind = 'SCANNED' AND d.status = 'DRAFT'))";

  /** Ids of ours ascend; of those that DataMate made in one second only the place tells. */
  private static final String RELATIONS =
      "SELECT r.source_dataset_id, r.counts, r.filter_conditions FROM t_st_ratio_relations r LEFT JOIN {a}tasks t ON t.id = r.ratio_instance_id WHERE r.ratio_instance_id = ?"
          + " ORDER BY r.created_at, CASE WHEN t.id IS NULL THEN NULL ELSE r.id END, r.{place}";

  private final Database database;
  private final ZoneId zone;

  SqlDataMateTables(Database database, CatalogSettings settings) {
    this.database = database;
    this.zone = settings.zone();
  }

  @Override
  public Page<RatioInstance> instances(Actor actor, RatioQuery query) {
    return instances(actor, conditions(actor, query), query.page());
  }

  @Override
  public Page<RatioInstance> foreign(Actor actor, RatioQuery query) {
    return instances(
        actor,
        conditions(actor, query).and("NOT EXISTS (SELECT 1 FROM {a}tasks o WHERE o.id = i.id)"),
        query.page());
  }

  private static Conditions conditions(Actor actor, RatioQuery query) {
    // A text that holds another is changed by taking that out, in the same way on both databases.
    return new Conditions()
        .seenBy(actor, "i.created_by")
        .andIf(query.name(), "i.name <> replace(i.name, ?, '')")
        .andIf(query.status(), "i.status = ?");
  }

  private Page<RatioInstance> instances(Actor actor, Conditions conditions, PageRequest page) {
    return database.read(session ->
        new Page<>(
            session.list(
                instance(actor)
                    + conditions.where()
                    + " ORDER BY i.created_at DESC NULLS LAST, i.id DESC LIMIT ? OFFSET ?",
                row -> instance(row, session.dialect()),
                conditions.arguments(owner(actor), List.of(page.size(), page.offset()))),
            count(session, "SELECT COUNT(*) FROM t_st_ratio_instances i", conditions)));
  }

  @Override
  public Optional<RatioInstance> instance(Actor actor, String id) {
    Conditions conditions = new Conditions().and("i.id = ?", id).seenBy(actor, "i.created_by");
    return database.read(session ->
        session.first(
            instance(actor) + conditions.where(),
            row -> instance(row, session.dialect()),
            conditions.arguments(owner(actor), List.of())));
  }

  /** The target is joined only where it may be seen itself. */
  private static String instance(Actor actor) {
    String visible = Conditions.visible(actor, "d.created_by");
    return visible.isEmpty() ? INSTANCE : INSTANCE + " AND " + visible;
  }

  private static List<String> owner(Actor actor) {
    return actor.sight() == Actor.Sight.ALL ? List.of() : List.of(actor.owner());
  }

  private static long count(Session session, String select, Conditions conditions)
      throws SQLException {
    return session
        .first(
            select + conditions.where(),
            row -> row.getLong(1),
            conditions.arguments(List.of(), List.of()))
        .orElseThrow();
  }

  private RatioInstance instance(ResultSet row, Dialect dialect) throws SQLException {
    return new RatioInstance(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        number(row, 5),
        row.getString(6),
        dialect.readLocal(row, 7, zone),
        dialect.readLocal(row, 8, zone),
        target(row),
        state(row));
  }

  private static RatioInstance.@Nullable Target target(ResultSet row) throws SQLException {
    @Nullable String id = row.getString(9);
    return id == null
        ? null
        : new RatioInstance.Target(
            id,
            row.getString(10),
            row.getString(11),
            row.getString(12),
            number(row, 13),
            number(row, 14));
  }

  private static RatioInstance.@Nullable State state(ResultSet row) throws SQLException {
    @Nullable String status = row.getString(15);
    return status == null
        ? null
        : new RatioInstance.State(
            Task.Status.valueOf(status),
            Task.Phase.valueOf(row.getString(16)),
            row.getInt(17) != 0,
            row.getInt(18) != 0,
            row.getLong(19),
            row.getLong(20),
            row.getLong(21),
            row.getString(22));
  }

  private static @Nullable Long number(ResultSet row, int index) throws SQLException {
    long number = row.getLong(index);
    return row.wasNull() ? null : number;
  }

  @Override
  public List<RatioInstance.Relation> relations(String instanceId) {
    return database.read(session ->
        session.list(
            RELATIONS,
            row -> new RatioInstance.Relation(row.getString(1), number(row, 2), row.getString(3)),
            instanceId));
  }

  @Override
  public boolean isNameTaken(Actor actor, String name) {
    return database.read(session -> RatioNames.isTaken(session, actor, name));
  }

  @Override
  public boolean deleteForeign(Actor actor, String id) {
    Conditions conditions =
        new Conditions()
            .and("i.id = ?", id)
            .and("NOT EXISTS (SELECT 1 FROM {a}tasks t WHERE t.id = i.id)")
            .seenBy(actor, "i.created_by");
    return database.write(
        Database.Durability.BATCH,
        session -> {
          boolean isThere =
              session
                  .first(
                      "SELECT i.id FROM t_st_ratio_instances i" + conditions.where() + " {lock}",
                      row -> true,
                      conditions.arguments(List.of(), List.of()))
                  .isPresent();
          if (isThere) {
            session.update("DELETE FROM t_st_ratio_relations WHERE ratio_instance_id = ?", id);
            session.update("DELETE FROM t_st_ratio_instances WHERE id = ?", id);
          }
          return isThere;
        });
  }

  @Override
  public Page<DataMateDataset> datasets(Actor actor, DataMateDataset.Query query) {
    Conditions conditions =
        new Conditions()
            .and(SHOWN)
            .seenBy(actor, "d.created_by")
            .andIf(
                query.keyword(),
                "(d.name <> replace(d.name, ?, '') OR d.description <> replace(d.description, ?, ''))")
            .andIf(query.type(), "d.dataset_type = ?")
            .andIf(query.status(), "d.status = ?");
    return database.read(session ->
        new Page<>(
            session.list(
                DATASET
                    + conditions.where()
                    + " ORDER BY d.created_at DESC NULLS LAST, d.id DESC LIMIT ? OFFSET ?",
                row -> dataset(row, session.dialect()),
                conditions.arguments(
                    List.of(), List.of(query.page().size(), query.page().offset()))),
            count(
                session,
                "SELECT COUNT(*) FROM t_dm_datasets d LEFT JOIN {a}datasets f ON f.dataset_id = d.id",
                conditions)));
  }

  @Override
  public Optional<DataMateDataset> dataset(Actor actor, String id) {
    Conditions conditions =
        new Conditions().and("d.id = ?", id).and(SHOWN).seenBy(actor, "d.created_by");
    return database.read(session ->
        session.first(
            DATASET + conditions.where(),
            row -> dataset(row, session.dialect()),
            conditions.arguments(List.of(), List.of())));
  }

  private DataMateDataset dataset(ResultSet row, Dialect dialect) throws SQLException {
    int more = DatasetRows.WIDTH;
    return new DataMateDataset(
        DatasetRows.map(row, dialect),
        row.getString(more + 1),
        row.getString(3),
        row.getString(5),
        number(row, 7),
        number(row, 8),
        number(row, more + 2),
        row.getString(more + 3),
        dialect.readLocal(row, 9, zone),
        dialect.readLocal(row, 11, zone),
        row.getString(10),
        row.getString(more + 4));
  }
}
