package io.admix.catalog;

/** What a filter lets pass: files, each counted once, and their bytes. */
public record Matching(long files, long bytes) {}
