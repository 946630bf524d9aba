package io.admix.server.pages.tasks;

import io.admix.engine.lineage.Graph;
import io.admix.server.pages.Network;
import io.admix.server.pages.Plot.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset was made of and what was made of it, drawn and as a list.
 *
 * @param name of the dataset in the middle
 * @param steps each source of each mix
 * @param most nodes that were asked for
 * @param truncated whether there is more
 */
public record LineageView(
    String datasetId, String name, Network network, List<Step> steps, int most, boolean truncated) {

  /** One source of one mix. */
  public record Step(End from, End into, Optional<End> by) {}

  /**
   * Something with a page, or without.
   *
   * @param address null where there is none
   */
  public record End(String name, @Nullable String address, boolean isFolder, boolean isCenter) {}

  /**
   * @param tasks ids of the tasks that are still there for the caller
   * @param hidden what stands for a dataset that is not his to see
   */
  static LineageView of(Graph graph, Set<String> tasks, String hidden, int most) {
    Map<String, End> ends = new LinkedHashMap<>();
    for (Graph.Node node : graph.nodes()) {
      ends.put(node.id(), end(node, graph.center(), hidden));
    }
    List<Step> steps = new ArrayList<>();
    for (Graph.Edge edge : graph.edges()) {
      End from = ends.get(edge.from());
      End into = ends.get(edge.to());
      if (from != null && into != null) {
        steps.add(new Step(from, into, task(edge, tasks)));
      }
    }
    End center = ends.get(graph.center());
    return new LineageView(
        graph.center(),
        center == null ? graph.center() : center.name(),
        new Drawing(graph, ends, tasks).network(),
        steps,
        most,
        graph.truncated());
  }

  private static End end(Graph.Node node, String center, String hidden) {
    return switch (node.kind()) {
      case DATASET ->
          new End(
              node.name(),
              node.files() < 0 ? null : "/datasets/" + node.id(),
              false,
              node.id().equals(center));
      case FOLDER -> new End(node.name(), null, true, false);
      case HIDDEN -> new End(hidden, null, false, false);
    };
  }

  private static Optional<End> task(Graph.Edge edge, Set<String> tasks) {
    String id = edge.taskId();
    if (id == null) {
      return Optional.empty();
    }
    String name = edge.taskName();
    return Optional.of(
        new End(
            name == null || name.isBlank() ? id : name,
            tasks.contains(id) ? "/tasks/" + id : null,
            false,
            false));
  }

  /** Datasets and, between them, the tasks that made one of others, in columns. */
  private static final class Drawing {
    private final Graph graph;
    private final Map<String, End> ends;
    private final Set<String> tasks;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Network.Node> nodes = new LinkedHashMap<>();
    private final Map<String, Network.Edge> edges = new LinkedHashMap<>();

    Drawing(Graph graph, Map<String, End> ends, Set<String> tasks) {
      this.graph = graph;
      this.ends = ends;
      this.tasks = tasks;
    }

    Network network() {
      layOut();
      ends.forEach((id, end) ->
          nodes.put(id, new Network.Node(id, end.name(), tone(end), column(id), end.address())));
      for (Graph.Edge edge : graph.edges()) {
        Optional<End> task = task(edge, tasks);
        if (task.isEmpty()) {
          add(edge.from(), edge.to());
        } else {
          String id = "task-" + edge.taskId();
          nodes.put(
              id,
              new Network.Node(
                  id, task.get().name(), Tone.QUIET, column(edge.to()) - 1, task.get().address()));
          add(edge.from(), id);
          add(id, edge.to());
        }
      }
      return new Network(List.copyOf(nodes.values()), List.copyOf(edges.values()));
    }

    /** What was made of something stands right of it; a circle, which nobody can make, ends. */
    private void layOut() {
      boolean isMoving = true;
      for (int round = 0; isMoving && round <= ends.size(); round++) {
        isMoving = false;
        for (Graph.Edge edge : graph.edges()) {
          int right = column(edge.from()) + 2;
          if (column(edge.to()) < right && right <= 2 * ends.size()) {
            columns.put(edge.to(), right);
            isMoving = true;
          }
        }
      }
    }

    private int column(String id) {
      return columns.getOrDefault(id, 0);
    }

    private static Tone tone(End end) {
      return end.isCenter()
          ? Tone.MAIN
          : end.isFolder() ? Tone.GOOD : end.address() == null ? Tone.WARNING : Tone.SECOND;
    }

    private void add(String from, String to) {
      edges.putIfAbsent(from + " " + to, new Network.Edge(from, to, ""));
    }
  }
}
