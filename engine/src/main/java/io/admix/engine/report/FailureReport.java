package io.admix.engine.report;

/**
 * A file that was not placed: its source's name, path below the source, a reason of {@link
 * io.admix.files.FailureReason}, and detail for people.
 */
public record FailureReport(String source, String path, String reason, String detail) {}
