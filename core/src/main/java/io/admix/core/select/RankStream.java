package io.admix.core.select;

/**
 * The candidates of a source, with their ranks, in any order. It can be read again and gives the
 * same each time; each path comes once.
 *
 * @param <X> what reading may throw
 */
@FunctionalInterface
public interface RankStream<X extends Exception> {
  /** Shows every candidate to the visitor. */
  void forEach(RankVisitor visitor) throws X;

  /** Sees one candidate after the other. */
  @FunctionalInterface
  interface RankVisitor {
    /**
     * The path is {@code length} bytes from {@code offset}; the array may be reused once this
     * returns.
     */
    void visit(long rank, byte[] bytes, int offset, int length);
  }
}
