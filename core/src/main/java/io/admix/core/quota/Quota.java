package io.admix.core.quota;

/**
 * What one source is asked for and what it gives.
 *
 * @param name the source's name
 * @param requested its apportioned part of the total, whatever it has
 * @param available files that match its filter, before overlap
 * @param files how many it is to give: never more than it has
 */
public record Quota(String name, long requested, long available, long files) {}
