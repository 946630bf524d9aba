package io.admix.server.pages.system;

import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.Resources;
import io.admix.engine.task.QueueState;
import java.util.List;

/**
 * What the service runs on.
 *
 * @param database SQLite or PostgreSQL
 * @param roots folders below which sources may lie, the data root last
 * @param working workers that place files just now, of all tasks that run here
 */
public record SystemView(
    String version,
    String java,
    String database,
    String zone,
    Resources resources,
    Concurrency concurrency,
    QueueState queue,
    int working,
    List<Root> roots) {

  /**
   * A folder of which the page can tell what its file system can do.
   *
   * @param isTarget whether mixes are made there
   */
  public record Root(String path, boolean isTarget) {}
}
