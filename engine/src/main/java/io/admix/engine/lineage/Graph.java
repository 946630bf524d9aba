package io.admix.engine.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Datasets and folders, and which were made of which.
 *
 * @param center id of the dataset that was asked for
 * @param truncated whether there is more than is shown
 */
public record Graph(String center, List<Node> nodes, List<Edge> edges, boolean truncated) {
  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  public enum Kind {
    DATASET,
    FOLDER,
    /** Of somebody else: neither its id nor its name is told. */
    HIDDEN
  }

  /**
   * @param id of the dataset; of a hidden one a word that means something in this graph only
   * @param name "hidden" for a hidden one
   * @param files of a dataset that is still there, else -1
   */
  public record Node(String id, Kind kind, String name, long files) {}

  /**
   * Something of {@code from} went into {@code to}.
   *
   * @param type as recorded, such as DATA_RATIO
   * @param taskId that made it, null when the target is hidden
   * @param taskName null when the target is hidden
   */
  public record Edge(
      String from, String to, String type, @Nullable String taskId, @Nullable String taskName) {}
}
