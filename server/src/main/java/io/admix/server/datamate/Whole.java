package io.admix.server.datamate;

import io.admix.core.name.Blanks;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers in texts, as DataMate takes them: with a sign, blanks around, digits in groups. */
final class Whole {
  private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]+(?:_[0-9]+)*");
  private static final int LENGTH_MAX = 100;

  private Whole() {}

  /** The number, if it is one. */
  static Optional<BigInteger> of(String text) {
    String digits = Blanks.strip(text);
    return digits.length() <= LENGTH_MAX && DIGITS.matcher(digits).matches()
        ? Optional.of(new BigInteger(digits.replace("_", "")))
        : Optional.empty();
  }

  /** The number, if it is one in this range, both ends included. */
  static Optional<Long> of(String text, long min, long max) {
    return of(text)
        .filter(number ->
            number.compareTo(BigInteger.valueOf(min)) >= 0
                && number.compareTo(BigInteger.valueOf(max)) <= 0)
        .map(BigInteger::longValueExact);
  }
}
