package io.admix.engine.task;

/**
 * What makes a request that is sent twice one request. Kept for 24 hours, or until its task is
 * deleted.
 *
 * @param key chosen by the caller; unique among his own
 * @param sha256 of the request's body, in hexadecimal
 */
public record RequestKey(String key, String sha256) {
  /** Longest key. */
  public static final int LENGTH_MAX = 255;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when the key is blank or too long
   */
  public RequestKey {
    if (key.isBlank() || key.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a request key has 1 to %d characters, not all blank".formatted(LENGTH_MAX));
    }
  }
}
