package io.admix.catalog;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads recorded lineage. */
public interface LineageRows {

  /** Nodes with these ids, in no order; ids that are none are passed over. */
  List<Node> nodes(Collection<String> ids);

  /** Edges that begin or end at one of these nodes, by their ids, at most so many. */
  List<Edge> edgesAt(Collection<String> nodeIds, int most);

  /**
   * Edges that begin at this node and end at datasets that the actor may see, the newest of each
   * dataset; the newest first, at most so many.
   */
  List<Edge> edgesFrom(Actor actor, String nodeId, int most);

  /**
   * @param type DATASET, FOLDER, or what another system has written
   */
  record Node(String id, String type, String name) {}

  /**
   * @param process id of the task that made {@code to}
   * @param name of that task
   */
  record Edge(
      String id, String process, String type, @Nullable String name, String from, String to) {}
}
