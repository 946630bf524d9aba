package io.admix.catalog;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param total how many there are on all pages
 */
public record Page<T>(List<T> items, long total) {
  public Page {
    items = List.copyOf(items);
    if (total < 0) {
      throw new IllegalArgumentException("a total of " + total);
    }
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
    return new Page<>(items.stream().<R>map(mapper).toList(), total);
  }

  /** How many pages there are at this size; 0 when there is nothing. */
  public long pages(int size) {
    return Math.ceilDiv(total, size);
  }
}
