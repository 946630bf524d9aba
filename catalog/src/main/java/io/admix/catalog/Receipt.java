package io.admix.catalog;

/**
 * What one run did.
 *
 * @param bootId the machine's boot during which it was done
 * @param details per entry, as the engine encodes it
 */
public record Receipt(
    long run, int files, int failures, long bytes, String bootId, byte[] details) {}
