package io.admix.engine.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What one line of a tags file says of one file.
 *
 * @param number 1-based
 * @param tags JSON array of DataMate tag objects, or null
 * @param taggedAt ISO instant, or null
 * @param metadata JSON object, or null
 */
record TagLine(
    long number,
    String path,
    @Nullable String tags,
    @Nullable String taggedAt,
    @Nullable String metadata) {}
