package io.admix.engine.dataset;

/** A file that a walk found: path below the folder, bytes, nanoseconds since 1970. */
record ScannedFile(String path, long size, long modifiedNs) {}
