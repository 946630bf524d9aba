package io.admix.core.quota;

/**
 * A source that has fewer files than it was asked for.
 *
 * @param source index in the recipe
 * @param name its name
 * @param asked files that the recipe asks of it
 * @param available files that match its filter, before overlap
 * @param left files that earlier sources leave it; at most {@code available}
 */
public record Shortage(int source, String name, long asked, long available, long left) {
  /** A sentence for people. */
  @Override
  public String toString() {
    return "source `%s`: asked for %d, available %d".formatted(name, asked, available)
        + (left < available ? ", of which earlier sources leave " + left : "");
  }
}
