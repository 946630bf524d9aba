package io.admix.core.name;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How places of objects are written: {@code s3://bucket/prefix}. Answers are whole sentences or
 * their ends, for people; they never hold what may be a password.
 */
public final class ObjectAddress {
  /** How every address begins. */
  public static final String SCHEME = "s3://";

  /** Most bytes of a key in UTF-8. Source: Amazon S3 user guide, "Naming Amazon S3 objects". */
  public static final int KEY_BYTES_MAX = 1_024;

  private static final Pattern ANY_SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);

  private static final Pattern HALF_SCHEME = Pattern.compile("[sS]3[anAN]?:.*", Pattern.DOTALL);

  /** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Directory buckets (S3 Express) end so; they list in no order and have other conditions. */
  private static final String DIRECTORY_BUCKET = "--x-s3";

  private ObjectAddress() {}

  /** Whether a text is an address of objects, good or not, rather than a folder. */
  public static boolean isAddress(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * What is wrong with a text that names a folder or a place of objects; empty for every folder. A
   * folder whose name looks like an address is written {@code ./s3:…}.
   */
  public static Optional<String> problem(String text) {
    if (isAddress(text)) {
      String rest = text.substring(SCHEME.length());
      int slash = rest.indexOf('/');
      String bucket = slash < 0 ? rest : rest.substring(0, slash);
      return problemOf(bucket, prefix(slash < 0 ? "" : rest.substring(slash + 1)));
    }
    Matcher scheme = ANY_SCHEME.matcher(text);
    if (scheme.matches()) {
      return Optional.of(notAnAddress(text) + problemOfScheme(scheme.group(1)));
    }
    return HALF_SCHEME.matcher(text).matches()
        ? Optional.of(
            notAnAddress(text)
                + ": write s3://bucket/prefix, or ./s3:… for a folder of such a name.")
        : Optional.empty();
  }

  /** A prefix with one {@code /} at its end, unless it is empty. */
  public static String prefix(String written) {
    return written.isEmpty() || written.endsWith("/") ? written : written + "/";
  }

  /** What is wrong with a bucket and a prefix, which is empty or ends with {@code /}. */
  public static Optional<String> problemOf(String bucket, String prefix) {
    boolean isBucket = BUCKET.matcher(bucket).matches() && !bucket.contains("..");
    // A secret key may hold a slash, so that its end and the `@` are taken for the prefix.
    if (!isBucket && (bucket.contains(":") || bucket.contains("@") || prefix.contains("@"))) {
      return Optional.of(
          "an address of objects holds no user or key, and no port (`@` or `:` before the bucket; it is not shown): write s3://bucket/prefix; credentials are found by the SDK's default chain.");
    }
    String shown = "`" + SCHEME + Printable.of(bucket) + "/" + Printable.of(prefix) + "`";
    if (bucket.isEmpty()) {
      return Optional.of(shown + " names no bucket: write s3://bucket/prefix.");
    }
    if (!isBucket) {
      return Optional.of(
          shown
              + ": `"
              + Printable.of(bucket)
              + "` is no bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends.");
    }
    if (bucket.endsWith(DIRECTORY_BUCKET)) {
      return Optional.of(
          shown
              + ": directory buckets (S3 Express) list their keys in no order, which registering and resuming need; use a general purpose bucket.");
    }
    return problemOfPrefix(shown, prefix);
  }

  private static Optional<String> problemOfPrefix(String shown, String prefix) {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    if (!prefix.endsWith("/")
        || !SafeNames.staysBelow(prefix.substring(0, prefix.length() - 1))
        || prefix.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of(
          shown
              + ": the prefix must be segments joined by one `/`, none of them empty, `.` or `..`, without control characters.");
    }
    int bytes = Utf8.length(prefix);
    return bytes > KEY_BYTES_MAX
        ? Optional.of(
            shown
                + ": the prefix has "
                + bytes
                + " bytes in UTF-8, more than "
                + KEY_BYTES_MAX
                + ".")
        : Optional.empty();
  }

  private static String problemOfScheme(String scheme) {
    String known = ": the scheme `" + scheme + "` is not known; ";
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "s3", "s3a", "s3n" -> known + "write s3://bucket/prefix.";
      case "file" -> known + "a folder is written without one: /data/files.";
      default ->
          known
              + "write s3://bucket/prefix, also for other stores that speak S3 (their endpoint is a setting).";
    };
  }

  /** An address may hold a password, as {@code http://user:password@host}. */
  private static String notAnAddress(String text) {
    int at = text.lastIndexOf('@');
    int from = text.indexOf("://") + 3;
    String shown = at < from ? text : text.substring(0, from) + "…" + text.substring(at);
    return "`" + Printable.of(shown) + "` is no address of objects";
  }
}
