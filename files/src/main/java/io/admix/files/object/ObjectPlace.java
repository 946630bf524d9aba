package io.admix.files.object;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where objects lie: a bucket and a prefix, written {@code s3://bucket/prefix}. The prefix is empty
 * or ends with {@code /}, so that {@code s3://b/mix} never means {@code s3://b/mixed}. It is taken
 * as written: {@code %20} stands for these three characters.
 */
public record ObjectPlace(String bucket, String prefix) {
  /** How every address begins. */
  public static final String SCHEME = "s3://";

  /** The folder below a prefix that Admix keeps for itself: marker, claims, probes. */
  public static final String OWN_FOLDER = "_ADMIX/";

  private static final Pattern SCHEME_OF_ANY = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  /** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Directory buckets (S3 Express) end so; they list in no order and have other conditions. */
  private static final String DIRECTORY_BUCKET = "--x-s3";

  public ObjectPlace {
    require(bucket, prefix);
  }

  /** Whether the text is meant as an address of this kind. */
  public static boolean isAddress(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * Reads {@code s3://bucket} or {@code s3://bucket/prefix}, with or without a {@code /} at the
   * end.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static ObjectPlace parse(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException(notAnAddress(text));
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1);
    boolean ended = prefix.isEmpty() || prefix.endsWith("/");
    return new ObjectPlace(bucket, ended ? prefix : prefix + "/");
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

  private static String notAnAddress(String text) {
    String shown = "`" + Printable.of(text) + "` is no address of objects";
    var other = SCHEME_OF_ANY.matcher(text);
    if (other.matches()) {
      return shown
          + ": the scheme `"
          + other.group(1)
          + "` is not known; write s3://bucket/prefix, also for other stores that speak S3 (their endpoint is a setting).";
    }
    return shown + ": write s3://bucket/prefix.";
  }

  private static void require(String bucket, String prefix) {
    String shown = "`" + SCHEME + Printable.of(bucket) + "/" + Printable.of(prefix) + "`";
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException(shown + " names no bucket: write s3://bucket/prefix.");
    }
    if (bucket.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "an address of objects holds no user or key (`@` in the bucket's name): credentials are found by the SDK's default chain.");
    }
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      throw new IllegalArgumentException(
          shown
              + ": `"
              + Printable.of(bucket)
              + "` is no bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends.");
    }
    if (bucket.endsWith(DIRECTORY_BUCKET)) {
      throw new IllegalArgumentException(
          shown
              + ": directory buckets (S3 Express) list their keys in no order, which registering and resuming need; use a general purpose bucket.");
    }
    requirePrefix(shown, prefix);
  }

  private static void requirePrefix(String shown, String prefix) {
    if (prefix.isEmpty()) {
      return;
    }
    if (!prefix.endsWith("/")
        || !SafeNames.staysBelow(prefix.substring(0, prefix.length() - 1))
        || prefix.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          shown
              + ": the prefix must be segments joined by one `/`, none of them empty, `.` or `..`, without control characters.");
    }
    Optional<String> problem = ObjectKey.problemOf(prefix);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(shown + ": the prefix " + problem.get() + ".");
    }
  }
}
