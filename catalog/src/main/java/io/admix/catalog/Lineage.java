package io.admix.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DataMate's lineage: a node for each source and the target, an edge from each source to the
 * target, one graph id for all that hangs together.
 */
final class Lineage {
  private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);
  private static final int NAME_MAX = 256;

  private Lineage() {}

  /**
   * Records under a savepoint: a failure is logged and costs neither rows nor publication.
   *
   * @return whether it is recorded
   */
  static boolean record(Session session, Task task, Publication publication) throws SQLException {
    session.execute("SAVEPOINT admix_lineage");
    boolean isRecorded = true;
    try {
      session.dialect().waitShortly(session);
      // Two that join graphs at once would each leave a part behind.
      session.dialect().lockName(session, "lineage/");
      write(session, task, publication);
    } catch (SQLException | RuntimeException fault) {
      session.execute("ROLLBACK TO SAVEPOINT admix_lineage");
      isRecorded = false;
      LOG.warn(
          "Task {} is published, but its lineage could not be recorded: {}",
          task.id(),
          fault.getMessage(),
          fault);
    }
    session.execute("RELEASE SAVEPOINT admix_lineage");
    return isRecorded;
  }

  private static void write(Session session, Task task, Publication publication)
      throws SQLException {
    Set<String> nodes = new LinkedHashSet<>();
    nodes.add(task.datasetId());
    publication.sources().forEach(source -> nodes.add(nodeId(source)));
    String graph = joinGraphs(session, nodes);
    addNode(session, graph, task.datasetId(), "DATASET", task.name());
    Set<String> linked = new LinkedHashSet<>();
    for (Publication.LineageSource source : publication.sources()) {
      String id = nodeId(source);
      if (linked.add(id)) {
        addNode(session, graph, id, source.isDataset() ? "DATASET" : "FOLDER", source.name());
        addEdge(session, graph, task, id);
      }
    }
  }

  /**
   * A folder has no id of its own: its node's id is drawn from its path, so that the next mix of it
   * meets the same node.
   */
  private static String nodeId(Publication.LineageSource source) {
    return source.isDataset()
        ? source.id()
        : UUID.nameUUIDFromBytes(("folder:" + source.id()).getBytes(StandardCharsets.UTF_8))
            .toString();
  }

  /**
   * Merges the graphs that these nodes are in into the one with most nodes, and tells its id; a new
   * id when there is none.
   */
  private static String joinGraphs(Session session, Set<String> nodes) throws SQLException {
    Set<String> graphs = new LinkedHashSet<>();
    for (String node : nodes) {
      session
          .first("SELECT graph_id FROM t_lineage_node WHERE id = ?", row -> row.getString(1), node)
          .ifPresent(graphs::add);
    }
    String largest = "";
    long most = -1;
    for (String graph : graphs) {
      long size =
          session
              .first(
                  "SELECT COUNT(*) FROM t_lineage_node WHERE graph_id = ?",
                  row -> row.getLong(1),
                  graph)
              .orElse(0L);
      if (size > most) {
        most = size;
        largest = graph;
      }
    }
    for (String graph : graphs) {
      if (!graph.equals(largest)) {
        session.update("UPDATE t_lineage_node SET graph_id = ? WHERE graph_id = ?", largest, graph);
        session.update("UPDATE t_lineage_edge SET graph_id = ? WHERE graph_id = ?", largest, graph);
      }
    }
    return graphs.isEmpty() ? Ids.next() : largest;
  }

  private static void addNode(Session session, String graph, String id, String type, String name)
      throws SQLException {
    session.update(
        "INSERT INTO t_lineage_node (id, graph_id, node_type, name, description) VALUES (?, ?, ?, ?, (SELECT d.description FROM t_dm_datasets d WHERE d.id = ?)) ON CONFLICT (id) DO NOTHING",
        id,
        graph,
        type,
        NewTasks.cut(name, NAME_MAX),
        id);
  }

  private static void addEdge(Session session, String graph, Task task, String from)
      throws SQLException {
    boolean known =
        session
            .first(
                "SELECT 1 FROM t_lineage_edge WHERE graph_id = ? AND from_node_id = ? AND to_node_id = ?",
                row -> true,
                graph,
                from,
                task.datasetId())
            .isPresent();
    if (!known) {
      session.update(
          "INSERT INTO t_lineage_edge (id, process_id, graph_id, edge_type, name, description, from_node_id, to_node_id) VALUES (?, ?, ?, 'DATA_RATIO', ?, (SELECT i.description FROM t_st_ratio_instances i WHERE i.id = ?), ?, ?)",
          Ids.next(),
          task.id(),
          graph,
          NewTasks.cut(task.taskName(), NAME_MAX),
          task.id(),
          from,
          task.datasetId());
    }
  }
}
