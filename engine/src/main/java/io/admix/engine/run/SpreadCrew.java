package io.admix.engine.run;

import java.io.IOException;

/**
 * Has the main runs of a task placed elsewhere than on the threads of this process: by executors of
 * a cluster, each by {@link RunSite}. Reserves, recording and publishing stay here.
 */
public interface SpreadCrew {
  /** Who places, for the report. */
  String inWords();

  /**
   * Returns when all runs that {@code work} hands out were handed back, or it was asked to stop. On
   * every way out nobody places anything of the task any more, as far as that can be told.
   */
  void place(SpreadWork work) throws IOException, InterruptedException;
}
