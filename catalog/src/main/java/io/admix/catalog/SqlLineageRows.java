package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Lineage over SQL. */
final class SqlLineageRows implements LineageRows {
  private static final String SELECT =
      "SELECT id, process_id, edge_type, name, from_node_id, to_node_id FROM t_lineage_edge ";

  /** Filtered before it is limited: others' datasets leave room for one's own. */
  private static final String NEWEST_FROM =
      """
      e WHERE e.from_node_id = ?
        AND EXISTS (
          SELECT 1 FROM t_dm_datasets d WHERE d.id = e.to_node_id
            AND (? = 1 OR d.created_by IS NULL OR d.created_by = 'system' OR d.created_by = ?))
        AND NOT EXISTS (
          SELECT 1 FROM t_lineage_edge n
          WHERE n.to_node_id = e.to_node_id AND n.from_node_id = e.from_node_id AND n.id > e.id)
      ORDER BY e.id DESC LIMIT ?
      """;

  private final Database database;

  SqlLineageRows(Database database) {
    this.database = database;
  }

  @Override
  public List<Node> nodes(Collection<String> ids) {
    return database.read(session -> {
      List<Node> nodes = new ArrayList<>();
      for (String[] parcel : Parcels.of(ids)) {
        nodes.addAll(
            session.list(
                "SELECT id, node_type, name FROM t_lineage_node WHERE id IN ("
                    + Parcels.MARKS
                    + ")",
                row -> new Node(row.getString(1), row.getString(2), row.getString(3)),
                (Object[]) parcel));
      }
      return nodes;
    });
  }

  @Override
  public List<Edge> edgesAt(Collection<String> nodeIds, int most) {
    return database.read(session -> {
      SequencedMap<String, Edge> edges = new LinkedHashMap<>();
      for (String[] parcel : Parcels.of(nodeIds)) {
        if (edges.size() < most) {
          edgesAt(session, parcel, most).forEach(edge -> edges.putIfAbsent(edge.id(), edge));
        }
      }
      return edges.values().stream().limit(most).toList();
    });
  }

  @Override
  public List<Edge> edgesFrom(Actor actor, String nodeId, int most) {
    return database.read(session ->
        session.list(
            SELECT + NEWEST_FROM,
            SqlLineageRows::edge,
            nodeId,
            actor.sight() == Actor.Sight.ALL ? 1L : 0L,
            actor.owner(),
            (long) most));
  }

  private static List<Edge> edgesAt(Session session, String[] parcel, int most)
      throws SQLException {
    Object[] arguments = Arrays.copyOf(parcel, 2 * Parcels.SIZE + 1, Object[].class);
    System.arraycopy(parcel, 0, arguments, Parcels.SIZE, Parcels.SIZE);
    arguments[2 * Parcels.SIZE] = (long) most;
    return session.list(
        SELECT
            + "WHERE from_node_id IN ("
            + Parcels.MARKS
            + ") OR to_node_id IN ("
            + Parcels.MARKS
            + ") ORDER BY id LIMIT ?",
        SqlLineageRows::edge,
        arguments);
  }

  private static Edge edge(ResultSet row) throws SQLException {
    return new Edge(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
