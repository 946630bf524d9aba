package io.admix.files.object;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which fault of making an object leads where, as data. What the table does not name fails that
 * object by its words.
 */
final class ObjectRules {
  /** What is done about a fault. */
  enum Reaction {
    /**
     * Look at what is there: ours, another, or nothing; where there is nothing, look whether the
     * source is as planned, and try again.
     */
    SETTLE,
    /** As SETTLE, but where there is nothing the caller must slow down before the next try. */
    SETTLE_OR_SLOW_DOWN,
    /** The source is gone. */
    MISSING,
    /** The source cannot be read. */
    UNREADABLE,
    /** The target cannot be written. */
    DENY,
    /** Nothing can go on: thrown. */
    STOP,
    /** The object fails. */
    FAIL
  }

  private static final Map<FaultKind, Reaction> TABLE = table();

  private ObjectRules() {}

  static Reaction reaction(FaultKind kind) {
    return TABLE.getOrDefault(kind, Reaction.FAIL);
  }

  private static Map<FaultKind, Reaction> table() {
    Map<FaultKind, Reaction> table = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      if (kind.isOfAll()) {
        table.put(kind, Reaction.STOP);
      }
    }
    // 412 says neither which condition failed nor whose work made it fail.
    table.put(FaultKind.PRECONDITION, Reaction.SETTLE);
    table.put(FaultKind.RACE, Reaction.SETTLE);
    // The upload was completed by a request whose answer was lost, or aborted by somebody.
    table.put(FaultKind.NO_SUCH_UPLOAD, Reaction.SETTLE);
    table.put(FaultKind.NO_ANSWER, Reaction.SETTLE);
    table.put(FaultKind.SERVER_ERROR, Reaction.SETTLE);
    table.put(FaultKind.CORRUPTED, Reaction.SETTLE);
    table.put(FaultKind.THROTTLED, Reaction.SETTLE_OR_SLOW_DOWN);
    table.put(FaultKind.NO_SUCH_KEY, Reaction.MISSING);
    table.put(FaultKind.ARCHIVED, Reaction.UNREADABLE);
    table.put(FaultKind.DENIED, Reaction.DENY);
    return table;
  }
}
