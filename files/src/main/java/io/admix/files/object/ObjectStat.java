package io.admix.files.object;

/**
 * What a listing tells of an object.
 *
 * @param size in bytes
 * @param etag with its quotes, as the store gave it
 * @param modifiedMs when it was written, in milliseconds since 1970
 * @param storageClass such as {@code STANDARD}
 */
public record ObjectStat(
    String key, long size, String etag, long modifiedMs, String storageClass) {}
