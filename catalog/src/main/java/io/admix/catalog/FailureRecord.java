package io.admix.catalog;

/** A file that was not placed. */
public record FailureRecord(
    long run, int entry, String source, String path, String reason, String detail) {}
