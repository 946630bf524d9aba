package io.admix.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Things and what leads from one to another, drawn from left to right.
 *
 * @param nodes each with an id of its own
 * @param edges between ids of nodes
 */
public record Network(List<Node> nodes, List<Edge> edges) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A thing.
   *
   * @param column from the left, 0 first
   * @param address where a click leads; null for nowhere
   */
  public record Node(
      String id, String name, Plot.Tone tone, int column, @Nullable String address) {}

  /** What leads from one to another. */
  public record Edge(String from, String to, String name) {}

  /** What the script of the pages draws. */
  public String json() {
    return JSON.writeValueAsString(this);
  }
}
