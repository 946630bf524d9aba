package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which ratio tasks are asked for; what is null does not narrow.
 *
 * @param name part of the task's name, in its case
 * @param status exactly, as shown
 */
public record RatioQuery(@Nullable String name, @Nullable String status, PageRequest page) {}
