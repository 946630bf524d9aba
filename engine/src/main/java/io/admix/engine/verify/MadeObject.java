package io.admix.engine.verify;

import org.jspecify.annotations.Nullable;

/**
 * By what an object that was placed is known again.
 *
 * @param etag with its quotes, as the store gave it
 * @param version where the bucket keeps versions
 * @param isOurs whether Admix made it; one that was there before with the same bytes, and cannot be
 *     told to be ours, is never removed
 * @param isMarked whether it was made with our mark
 */
public record MadeObject(String etag, @Nullable String version, boolean isOurs, boolean isMarked) {}
