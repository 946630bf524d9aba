package io.admix.engine.report;

/**
 * One source in plan and report.
 *
 * @param requested its quota before any shortage
 * @param available files that match, before overlap
 * @param achieved files that the plan holds, and after a run files placed
 * @param bytes of the achieved files
 */
public record SourceReport(
    String name, long requested, long available, long achieved, long bytes) {}
