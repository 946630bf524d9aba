package io.admix.catalog;

/**
 * Which page of a list is asked for.
 *
 * @param number from 1
 * @param size entries of a page
 */
public record PageRequest(int number, int size) {

  /** Largest page: what one answer may hold in memory. */
  public static final int SIZE_MAX = 1_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when the number is below 1, or the size not in 1 to {@link
   *     #SIZE_MAX}
   */
  public PageRequest {
    if (number < 1) {
      throw new IllegalArgumentException("page " + number + ": the first page is 1");
    }
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException("size " + size + ": a page holds 1 to " + SIZE_MAX);
    }
  }

  /** Entries before this page. */
  public long offset() {
    return (number - 1L) * size;
  }
}
