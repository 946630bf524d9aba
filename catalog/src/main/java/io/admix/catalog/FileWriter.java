package io.admix.catalog;

/**
 * Writes a dataset's rows in batches. Closed without {@link #commit}, nothing of it is visible and
 * its rows are removed. Used by one thread.
 */
public interface FileWriter extends AutoCloseable {
  void add(NewFile file);

  /** Makes the rows visible with the dataset's counts. */
  Dataset commit();

  @Override
  void close();
}
