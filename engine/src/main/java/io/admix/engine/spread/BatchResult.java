package io.admix.engine.spread;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a batch tells; what became of each file stands in its receipts.
 *
 * @param attempt its name
 * @param host on which it was made
 * @param receipts file name in the batch's folder, or null when there are none
 * @param stop why nothing more of the task can be placed, for people, or null
 * @param resumable whether the task can go on once that is mended
 */
public record BatchResult(
    long batch,
    String attempt,
    String host,
    @Nullable String receipts,
    @Nullable String stop,
    boolean resumable)
    implements Serializable {}
