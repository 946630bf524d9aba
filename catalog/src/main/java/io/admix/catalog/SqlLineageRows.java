package io.admix.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Lineage over SQL. Ids are asked for in parcels of one size, so that there is one text of SQL. */
final class SqlLineageRows implements LineageRows {
  private static final int PARCEL = 64;
  private static final String MARKS = String.join(", ", Collections.nCopies(PARCEL, "?"));

  private final Database database;

  SqlLineageRows(Database database) {
    this.database = database;
  }

  @Override
  public List<Node> nodes(Collection<String> ids) {
    return database.read(session -> {
      List<Node> nodes = new ArrayList<>();
      for (String[] parcel : parcels(ids)) {
        nodes.addAll(
            session.list(
                "SELECT id, node_type, name FROM t_lineage_node WHERE id IN (" + MARKS + ")",
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
      for (String[] parcel : parcels(nodeIds)) {
        if (edges.size() < most) {
          edgesAt(session, parcel, most).forEach(edge -> edges.putIfAbsent(edge.id(), edge));
        }
      }
      return edges.values().stream().limit(most).toList();
    });
  }

  private static List<Edge> edgesAt(Session session, String[] parcel, int most)
      throws SQLException {
    Object[] arguments = Arrays.copyOf(parcel, 2 * PARCEL + 1, Object[].class);
    System.arraycopy(parcel, 0, arguments, PARCEL, PARCEL);
    arguments[2 * PARCEL] = (long) most;
    return session.list(
        "SELECT id, process_id, edge_type, name, from_node_id, to_node_id FROM t_lineage_edge WHERE from_node_id IN ("
            + MARKS
            + ") OR to_node_id IN ("
            + MARKS
            + ") ORDER BY id LIMIT ?",
        row ->
            new Edge(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)),
        arguments);
  }

  /** The last one is filled up with what it has already. */
  private static List<String[]> parcels(Collection<String> ids) {
    List<String> all = List.copyOf(ids);
    List<String[]> parcels = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PARCEL) {
      String[] parcel = new String[PARCEL];
      Arrays.fill(parcel, all.get(from));
      for (int i = 0; i < PARCEL && from + i < all.size(); i++) {
        parcel[i] = all.get(from + i);
      }
      parcels.add(parcel);
    }
    return parcels;
  }
}
