package io.admix.engine.plan;

/** Told now and then how far planning is; called by one thread at a time. */
@FunctionalInterface
public interface PlanProgress {
  /**
   * @param step what is done, such as {@code reading python}; @param files looked at in this step
   */
  void at(String step, long files);

  /** Told once: every dataset and folder is read, and what follows uses what was read. */
  default void hasRead() {}

  PlanProgress SILENT = (step, files) -> {};
}
