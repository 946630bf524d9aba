package io.admix.engine.plan;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the chosen files of a part lie: one file in the work folder, of records as {@link
 * Selection} writes them, each looked at.
 *
 * @param problem why nothing could be chosen there, or null
 */
record PartChoice(String file, List<Section> sections, PartSeen seen, @Nullable String problem)
    implements Serializable {

  /**
   * The chosen files of one source.
   *
   * @param files how many main entries
   * @param begins where its main entries begin in the file, for each target folder by which the
   *     layout shards, and last where they end
   * @param reservesTo where its reserves end, which follow
   */
  record Section(int source, long files, long[] begins, long reservesTo) implements Serializable {
    long reservesFrom() {
      return begins[begins.length - 1];
    }
  }
}
