package io.admix.engine.lineage;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.LineageRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One walk over the lineage, level by level from the middle. What the actor may not see is a leaf
 * without a name: the walk does not go through it. Used once.
 */
final class GraphWalk {
  /** Edges of one level: what is beyond is told as cut off. */
  private static final int EDGES_MOST = 20_000;

  private static final String FOLDER = "FOLDER";

  private final Catalog catalog;
  private final Actor actor;
  private final int maxNodes;
  private final SequencedMap<String, Graph.Node> nodes = new LinkedHashMap<>();
  private final SequencedMap<String, LineageRows.Edge> edges = new LinkedHashMap<>();
  private final Set<String> own = new LinkedHashSet<>();
  private boolean isTruncated;
  private int hidden;

  GraphWalk(Catalog catalog, Actor actor, int maxNodes) {
    this.catalog = catalog;
    this.actor = actor;
    this.maxNodes = maxNodes;
  }

  Graph from(Dataset center) {
    nodes.put(center.id(), visible(center));
    Set<String> level = Set.of(center.id());
    while (!level.isEmpty()) {
      level = next(level);
    }
    List<Graph.Edge> shown = new ArrayList<>();
    for (LineageRows.Edge edge : edges.values()) {
      Graph.Node from = nodes.get(edge.from());
      Graph.Node to = nodes.get(edge.to());
      if (from != null && to != null) {
        shown.add(shown(edge, from, to));
      }
    }
    return new Graph(center.id(), List.copyOf(nodes.values()), shown, isTruncated);
  }

  /** Adds the neighbours of a level, and tells those from which the walk goes on. */
  private Set<String> next(Set<String> level) {
    List<LineageRows.Edge> found = catalog.lineage().edgesAt(level, EDGES_MOST);
    isTruncated |= found.size() == EDGES_MOST;
    Set<String> met = new LinkedHashSet<>();
    for (LineageRows.Edge edge : found) {
      edges.putIfAbsent(edge.id(), edge);
      for (String end : List.of(edge.from(), edge.to())) {
        if (!nodes.containsKey(end)) {
          met.add(end);
        }
      }
    }
    return added(met);
  }

  private Set<String> added(Set<String> met) {
    Map<String, LineageRows.Node> rows =
        catalog.lineage().nodes(met).stream()
            .collect(Collectors.toMap(LineageRows.Node::id, node -> node, (a, b) -> a));
    Set<String> next = new LinkedHashSet<>();
    for (String id : met) {
      if (nodes.size() == maxNodes) {
        isTruncated = true;
        break;
      }
      Graph.Node node = node(id, Optional.ofNullable(rows.get(id)));
      nodes.put(id, node);
      if (node.kind() != Graph.Kind.HIDDEN) {
        next.add(id);
      }
    }
    return next;
  }

  private Graph.Node node(String id, Optional<LineageRows.Node> row) {
    if (row.isPresent() && row.get().type().equals(FOLDER)) {
      return new Graph.Node(id, Graph.Kind.FOLDER, row.get().name(), -1);
    }
    Optional<Dataset> dataset = catalog.datasets().byId(id);
    if (dataset.isPresent()) {
      return actor.maySee(dataset.get().owner()) ? visible(dataset.get()) : hiddenNode();
    }
    // Whose a dataset was that is gone is not known: who made something of it has seen it.
    return row.isPresent() && (actor.sight() == Actor.Sight.ALL || wentIntoOwn(id))
        ? new Graph.Node(id, Graph.Kind.DATASET, row.get().name(), -1)
        : hiddenNode();
  }

  private Graph.Node visible(Dataset dataset) {
    if (actor.mayChange(dataset.owner())) {
      own.add(dataset.id());
    }
    return new Graph.Node(dataset.id(), Graph.Kind.DATASET, dataset.name(), dataset.files());
  }

  private boolean wentIntoOwn(String id) {
    return edges.values().stream()
        .anyMatch(edge -> edge.from().equals(id) && own.contains(edge.to()));
  }

  private Graph.Node hiddenNode() {
    hidden++;
    return new Graph.Node("hidden-" + hidden, Graph.Kind.HIDDEN, "hidden", -1);
  }

  private static Graph.Edge shown(LineageRows.Edge edge, Graph.Node from, Graph.Node to) {
    boolean isHidden = to.kind() == Graph.Kind.HIDDEN;
    return new Graph.Edge(
        from.id(),
        to.id(),
        edge.type(),
        isHidden ? null : edge.process(),
        isHidden ? null : edge.name());
  }
}
