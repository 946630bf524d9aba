package io.admix.engine.settings;

import io.admix.engine.settings.SettingKey.Bound;
import io.admix.engine.settings.SettingKey.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value as written, and where. The {@code as…} methods answer empty when it is not what the
 * kind asks for.
 *
 * @param from such as {@code -c} or the environment variable's name
 */
record SettingValue(SettingKey setting, String text, String from) {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18})\\s*(|B|KB|KIB|MB|MIB|GB|GIB|TB|TIB)");
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})\\s*(S|M|MIN|H|D)");

  boolean isValid() {
    return switch (setting.kind()) {
      case Kind.Whole whole ->
          whole().filter(v -> v >= whole.least() && v <= whole.most()).isPresent();
      case Kind.Real real -> real().filter(v -> isWithin(v, real)).isPresent();
      case Kind.Truth truth -> truth().isPresent();
      case Kind.Bytes bytes ->
          bytes().filter(v -> v >= bytes.least() && v <= bytes.most()).isPresent();
      case Kind.Length length ->
          seconds()
              .filter(v -> v >= length.leastSeconds() && v <= length.mostSeconds())
              .isPresent();
      case Kind.Zone zone -> zone().isPresent();
      case Kind.Folder folder -> !text.isBlank();
    };
  }

  /** What is wrong: key, value, range, where it was written. */
  String problem() {
    return setting.key()
        + " = "
        + (text.isEmpty() ? "(empty)" : text)
        + " (from "
        + from
        + "): must be "
        + setting.range()
        + ".";
  }

  Optional<Long> whole() {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  Optional<Double> real() {
    try {
      // BigDecimal refuses what Double.parseDouble lets through: NaN, Infinity, 1f, hexadecimal.
      return Optional.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  Optional<Boolean> truth() {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(Boolean.TRUE);
      case "false" -> Optional.of(Boolean.FALSE);
      default -> Optional.empty();
    };
  }

  Optional<Long> bytes() {
    Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2);
    int shift = unit.isEmpty() ? 0 : 10 * "BKMGT".indexOf(unit.charAt(0));
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
  }

  Optional<Long> seconds() {
    Matcher matcher = LENGTH.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (matcher.matches()) {
      long unit =
          switch (matcher.group(2)) {
            case "S" -> 1;
            case "H" -> 3_600;
            case "D" -> 86_400;
            default -> 60;
          };
      return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }
    try {
      return Optional.of(Duration.parse(text.strip()).toSeconds());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Optional<ZoneId> zone() {
    try {
      return Optional.of(text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isWithin(double value, Kind.Real range) {
    boolean aboveLeast =
        range.leastBound() == Bound.INCLUDED ? value >= range.least() : value > range.least();
    boolean belowMost =
        range.mostBound() == Bound.INCLUDED ? value <= range.most() : value < range.most();
    return aboveLeast && belowMost;
  }
}
