package io.admix.engine.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the tasks got on whose runs ended here last: one that stopped half-way goes on after what it
 * had. Safe for use by many threads.
 */
final class RecentPaces {
  /** Some kilobytes each. */
  private static final int MOST = 100;

  private final Map<String, String> texts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  synchronized void keep(String taskId, String text) {
    texts.remove(taskId);
    texts.put(taskId, text);
  }

  /** As it was kept; "" when it was not, or long ago. */
  synchronized String of(String taskId) {
    return texts.getOrDefault(taskId, "");
  }
}
