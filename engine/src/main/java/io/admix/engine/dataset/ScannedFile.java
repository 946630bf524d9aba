package io.admix.engine.dataset;

import io.admix.engine.place.ObjectFacts;
import org.jspecify.annotations.Nullable;

/**
 * A file that a walk found, or an object that a listing told of.
 *
 * @param path below the folder or place
 * @param modifiedNs nanoseconds since 1970
 * @param object what else is kept of an object; null for a file
 */
record ScannedFile(String path, long size, long modifiedNs, @Nullable ObjectFacts object) {
  ScannedFile(String path, long size, long modifiedNs) {
    this(path, size, modifiedNs, null);
  }
}
