package io.admix.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lists datasets. The text is put together of constants, so that there are few of them; whatever a
 * caller says is an argument.
 */
final class DatasetSearch {
  private final StringBuilder where = new StringBuilder();
  private final List<@Nullable Object> arguments = new ArrayList<>();

  private DatasetSearch(Actor actor) {
    // Rows of a scan that goes on, and what is being removed, are nobody's to see.
    where.append("WHERE (f.kind IS NULL OR f.kind <> 'REMOVING') AND f.writer IS NULL");
    if (actor.sight() == Actor.Sight.OWN) {
      and("(d.created_by IS NULL OR d.created_by = 'system' OR d.created_by = ?)", actor.owner());
    }
  }

  static Page<Dataset> page(Session session, Actor actor, DatasetQuery query) throws SQLException {
    DatasetSearch search = new DatasetSearch(actor);
    search.add(query);
    List<Dataset> items =
        session.list(
            DatasetRows.SELECT + search.where + order(query.order()) + " LIMIT ? OFFSET ?",
            row -> DatasetRows.map(row, session.dialect()),
            search.with((long) query.page().size(), query.page().offset()));
    long total =
        session
            .first(
                "SELECT COUNT(*) FROM t_dm_datasets d LEFT JOIN {a}datasets f ON f.dataset_id = d.id "
                    + search.where,
                row -> row.getLong(1),
                search.with())
            .orElse(0L);
    return new Page<>(items, total);
  }

  static List<String> names(Session session, Actor actor, int most) throws SQLException {
    DatasetSearch search = new DatasetSearch(actor);
    search.and("d.status = ?", "ACTIVE");
    return session.list(
        "SELECT d.name FROM t_dm_datasets d LEFT JOIN {a}datasets f ON f.dataset_id = d.id "
            + search.where
            + order(DatasetQuery.Order.NAME)
            + " LIMIT ?",
        row -> row.getString(1),
        search.with((long) most));
  }

  static boolean hasFolder(Session session, Actor actor, Collection<String> paths)
      throws SQLException {
    for (String[] parcel : Parcels.of(paths)) {
      DatasetSearch search = new DatasetSearch(actor);
      search.where.append(" AND d.path IN (").append(Parcels.MARKS).append(')');
      search.arguments.addAll(List.of(parcel));
      boolean isThere =
          session
              .first(
                  "SELECT 1 FROM t_dm_datasets d LEFT JOIN {a}datasets f ON f.dataset_id = d.id "
                      + search.where
                      + " LIMIT 1",
                  row -> true,
                  search.with())
              .isPresent();
      if (isThere) {
        return true;
      }
    }
    return false;
  }

  /** Datasets whose folder is one of these paths. */
  static List<Dataset> inFolders(Session session, Actor actor, Collection<String> paths)
      throws SQLException {
    List<Dataset> found = new ArrayList<>();
    for (String[] parcel : Parcels.of(paths)) {
      DatasetSearch search = new DatasetSearch(actor);
      search.and("d.status = ?", "ACTIVE");
      search.where.append(" AND d.path IN (").append(Parcels.MARKS).append(')');
      search.arguments.addAll(List.of(parcel));
      found.addAll(
          session.list(
              DatasetRows.SELECT + search.where + order(DatasetQuery.Order.NAME) + " LIMIT ?",
              row -> DatasetRows.map(row, session.dialect()),
              search.with((long) PageRequest.SIZE_MAX)));
    }
    return found;
  }

  private void add(DatasetQuery query) {
    contains(query.name(), "d.name");
    contains(query.keyword(), "d.name", "d.description");
    if (query.type() != null) {
      and("d.dataset_type = ?", query.type());
    }
    if (query.status() != null) {
      and("d.status = ?", query.status());
    }
  }

  /** Case is folded by the database, which may know ASCII only: the text as it is counts too. */
  private void contains(@Nullable String text, String... columns) {
    if (text == null) {
      return;
    }
    String pattern = pattern(text);
    List<String> any = new ArrayList<>();
    for (String column : columns) {
      any.add("LOWER(" + column + ") LIKE ? ESCAPE '!' OR " + column + " LIKE ? ESCAPE '!'");
      arguments.add(pattern.toLowerCase(Locale.ROOT));
      arguments.add(pattern);
    }
    where.append(" AND (").append(String.join(" OR ", any)).append(')');
  }

  /** What LIKE with the escape {@code !} finds wherever the text is contained. */
  static String pattern(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  private void and(String condition, Object argument) {
    where.append(" AND ").append(condition);
    arguments.add(argument);
  }

  private @Nullable Object[] with(Object... more) {
    List<@Nullable Object> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static String order(DatasetQuery.Order order) {
    return switch (order) {
      case NAME -> " ORDER BY d.name {bytes}, d.id";
      case LARGEST -> " ORDER BY COALESCE(d.size_bytes, 0) DESC, d.id";
      case MOST_FILES -> " ORDER BY COALESCE(d.file_count, 0) DESC, d.id";
      case NEWEST ->
          " ORDER BY CASE WHEN d.created_at IS NULL THEN 1 ELSE 0 END, d.created_at DESC, d.id DESC";
    };
  }
}
