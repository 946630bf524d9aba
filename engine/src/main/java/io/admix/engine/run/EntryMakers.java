package io.admix.engine.run;

/** How the entries of one task are made, for all its workers. Safe for use by many threads. */
interface EntryMakers extends AutoCloseable {
  /** Opens a maker for one thread, which closes it. */
  EntryMaker open();

  /** How often anything was tried again so far, because what serves it was busy. */
  long backOffs();

  /** All makers are closed before. */
  @Override
  void close();
}
