package io.admix.engine.plan;

/**
 * A source that cannot give its quota.
 *
 * @param available matches before overlap
 * @param usable matches that no earlier source takes
 */
public record Shortage(String source, long asked, long available, long usable) {}
