package io.admix.files.object;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import io.admix.core.name.Utf8;
import java.util.Optional;

/**
 * Names one object: its bucket and its key, both as the store has them, nothing escaped.
 *
 * @param key at most 1,024 bytes of UTF-8
 */
public record ObjectKey(String bucket, String key) {
  /** Most bytes of a key in UTF-8. Source: Amazon S3 user guide, "Naming Amazon S3 objects". */
  public static final int KEY_BYTES_MAX = ObjectAddress.KEY_BYTES_MAX;

  /**
   * @throws IllegalArgumentException when no object can have this key
   */
  public ObjectKey {
    Optional<String> problem = problemOf(key);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(
          "the key `" + Printable.of(key) + "` in bucket `" + bucket + "` " + problem.get());
    }
  }

  /**
   * What is wrong with a key, as the end of a sentence about it. Control characters other than the
   * zero byte are allowed: keys are percent-encoded in requests, and listings are asked to be.
   */
  public static Optional<String> problemOf(String key) {
    if (key.isEmpty()) {
      return Optional.of("is empty");
    }
    if (key.indexOf('\0') >= 0) {
      return Optional.of("holds a zero byte");
    }
    if (!Utf8.isWellFormed(key)) {
      return Optional.of("is not well-formed Unicode (a lone surrogate)");
    }
    int bytes = Utf8.length(key);
    return bytes > KEY_BYTES_MAX
        ? Optional.of("has " + bytes + " bytes in UTF-8, more than " + KEY_BYTES_MAX)
        : Optional.empty();
  }

  /** For people: {@code s3://bucket/key}, control characters escaped. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + Printable.of(key);
  }
}
