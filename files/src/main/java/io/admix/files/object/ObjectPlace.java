package io.admix.files.object;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import java.util.Optional;

/**
 * Where objects lie: a bucket and a prefix, written {@code s3://bucket/prefix}. The prefix is empty
 * or ends with {@code /}, so that {@code s3://b/mix} never means {@code s3://b/mixed}. It is taken
 * as written: {@code %20} stands for these three characters.
 */
public record ObjectPlace(String bucket, String prefix) {
  /** How every address begins. */
  public static final String SCHEME = ObjectAddress.SCHEME;

  /** The folder below a prefix that Admix keeps for itself: marker, claims, probes. */
  public static final String OWN_FOLDER = "_ADMIX/";

  public ObjectPlace {
    ObjectAddress.problemOf(bucket, prefix)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }

  /** Whether the text is meant as an address of this kind. */
  public static boolean isAddress(String text) {
    return ObjectAddress.isAddress(text);
  }

  /**
   * Reads {@code s3://bucket} or {@code s3://bucket/prefix}, with or without a {@code /} at the
   * end.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static ObjectPlace parse(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException(
          ObjectAddress.problem(text)
              .orElse(
                  "`"
                      + Printable.of(text)
                      + "` is no address of objects: write s3://bucket/prefix."));
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return new ObjectPlace(
        slash < 0 ? rest : rest.substring(0, slash),
        slash < 0 ? "" : ObjectAddress.prefix(rest.substring(slash + 1)));
  }

  /** The object at a relative path below this place. */
  public ObjectKey object(String relativePath) {
    if (!SafeNames.staysBelow(relativePath)) {
      throw new IllegalArgumentException(
          "the path `" + Printable.of(relativePath) + "` does not stay below " + this);
    }
    return new ObjectKey(bucket, prefix + relativePath);
  }

  /** The relative path of a key below this place; empty where it has none that is safe. */
  public Optional<String> relative(String key) {
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    String path = key.substring(prefix.length());
    return SafeNames.staysBelow(path) ? Optional.of(path) : Optional.empty();
  }

  /** Whether one of both lies below the other, or both are the same. */
  public boolean overlaps(ObjectPlace other) {
    return bucket.equals(other.bucket)
        && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + Printable.of(prefix);
  }
}
