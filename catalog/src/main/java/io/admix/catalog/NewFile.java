package io.admix.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file to register.
 *
 * @param tags JSON array of DataMate tag objects, or null
 * @param metadata JSON, or null
 */
public record NewFile(
    String relativePath,
    long size,
    Instant modified,
    @Nullable String checkSum,
    @Nullable String tags,
    @Nullable Instant taggedAt,
    @Nullable String metadata) {}
