package io.admix.core.recipe;

import io.admix.core.name.Printable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers exactly: decimal digits, a point and an exponent, unquoted. No NaN, infinity,
 * hexadecimal, octal or underscores: what readers of YAML disagree about is refused rather than
 * guessed.
 */
final class Numbers {
  /** More files than any system holds; sums of them stay far from overflow. */
  static final long FILES_MAX = 1_000_000_000_000L;

  /** Weights and percents lie in this range, so that exact arithmetic stays small. */
  private static final BigDecimal SMALLEST = new BigDecimal("1e-18");

  private static final BigDecimal LARGEST = new BigDecimal("1e18");
  private static final int DIGITS_MAX = 40;

  private static final Pattern DECIMAL =
      Pattern.compile(
          "[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?");

  private Numbers() {}

  /** A whole number of files from 1. */
  static @Nullable Long files(Fields fields, String key) {
    return whole(fields, key, 1, FILES_MAX);
  }

  /** A whole number in a range, both ends included. */
  static @Nullable Long whole(Fields fields, String key, long min, long max) {
    BigDecimal number = decimal(fields, key);
    if (number == null) {
      return null;
    }
    BigInteger whole = number.stripTrailingZeros().scale() > 0 ? null : number.toBigIntegerExact();
    if (whole == null) {
      fields.problem(key, "must be a whole number, not " + shown(fields, key));
      return null;
    }
    if (whole.compareTo(BigInteger.valueOf(min)) < 0
        || whole.compareTo(BigInteger.valueOf(max)) > 0) {
      fields.problem(key, "must be from %d to %d, not %s".formatted(min, max, shown(fields, key)));
      return null;
    }
    return whole.longValueExact();
  }

  /** A number above 0, exactly as written. */
  static @Nullable BigDecimal positive(Fields fields, String key) {
    BigDecimal number = decimal(fields, key);
    if (number == null) {
      return null;
    }
    if (number.signum() <= 0) {
      fields.problem(
          key,
          "must be above 0, not "
              + shown(fields, key)
              + "; leave the source out to take nothing of it");
      return null;
    }
    if (number.compareTo(SMALLEST) < 0
        || number.compareTo(LARGEST) > 0
        || number.precision() > DIGITS_MAX) {
      fields.problem(
          key,
          "must be from 1e-18 to 1e18 with at most %d digits, not %s"
              .formatted(DIGITS_MAX, shown(fields, key)));
      return null;
    }
    return number;
  }

  private static @Nullable BigDecimal decimal(Fields fields, String key) {
    Node node = fields.get(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Node.Scalar scalar) || scalar.text() == null) {
      fields.problem(key, "must be a number, not " + Fields.kind(node));
      return null;
    }
    if (scalar.quoted()) {
      fields.problem(
          key,
          "must be a number, but " + shown(fields, key) + " is a text; write it without quotes");
      return null;
    }
    if (!DECIMAL.matcher(scalar.text()).matches()) {
      fields.problem(
          key, "must be a plain decimal number such as 3, 0.5 or 1e-9, not " + shown(fields, key));
      return null;
    }
    return new BigDecimal(scalar.text());
  }

  private static String shown(Fields fields, String key) {
    return fields.get(key) instanceof Node.Scalar s && s.text() != null
        ? (s.quoted() ? "\"" + Printable.of(s.text()) + "\"" : "`" + Printable.of(s.text()) + "`")
        : "nothing";
  }
}
