package io.admix.engine.settings;

import io.admix.engine.settings.SettingKey.Bound;
import io.admix.engine.settings.SettingKey.Kind;
import io.admix.files.object.ObjectPlace;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value as written, and where. The {@code as…} methods answer empty when it is not what the
 * kind asks for.
 *
 * @param from such as {@code -c} or the environment variable's name
 */
record SettingValue(SettingKey setting, String text, String from) {
  /** Written where there is to be none. */
  static final String NONE = "none";

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18})\\s*(|B|KB|KIB|MB|MIB|GB|GIB|TB|TIB)");

  /** Of an address: user, password or token before the last {@code @}. */
  private static final Pattern IDENTITY = Pattern.compile("//.*@", Pattern.DOTALL);

  /** Of an address of the web: what is behind it may be a signature. */
  private static final Pattern BEHIND = Pattern.compile("[?#].*", Pattern.DOTALL);

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
      case Kind.Folders folders -> isNone() || folders().isPresent();
      case Kind.Choice choice -> choice.words().contains(text);
      case Kind.Word word ->
          isNone() ? setting.byDefault().equals(NONE) : word.pattern().matcher(text).matches();
      case Kind.Words words ->
          isNone() || words().stream().allMatch(w -> words.pattern().matcher(w).matches());
      case Kind.Url url -> isNone() || url().isPresent();
      case Kind.Places places -> isNone() || places().isPresent();
      case Kind.Ranges ranges -> isNone() || ranges().isPresent();
    };
  }

  /** What is wrong: key, value, range, where it was written. */
  String problem() {
    return setting.key()
        + " = "
        + shown()
        + " (from "
        + from
        + "): must be "
        + setting.range()
        + ".";
  }

  /** An address may hold a password, a token or a signature, at places where none belongs. */
  private String shown() {
    if (text.isEmpty()) {
      return "(empty)";
    }
    if (!(setting.kind() instanceof Kind.Url)) {
      return IDENTITY.matcher(text).replaceFirst("//…@");
    }
    int at = text.lastIndexOf('@');
    int host = text.indexOf("//") + 2;
    String named =
        at < 0
            ? text
            : (host >= 2 && host <= at ? text.substring(0, host) : "") + "…" + text.substring(at);
    return BEHIND.matcher(named).replaceFirst("…");
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

  /** Whether it says that there is none. */
  boolean isNone() {
    return text.isBlank() || text.equals(NONE);
  }

  /** The word, or null where there is none. */
  @Nullable String word() {
    return isNone() ? null : text;
  }

  List<String> words() {
    return isNone() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
  }

  /** Absolute folders between colons. */
  Optional<List<Path>> folders() {
    if (isNone()) {
      return Optional.of(List.of());
    }
    try {
      List<Path> folders = Arrays.stream(text.split(":", -1)).map(Path::of).toList();
      return folders.stream().allMatch(Path::isAbsolute)
          ? Optional.of(folders.stream().map(Path::normalize).toList())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  Optional<URI> url() {
    try {
      URI url = new URI(text);
      boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean isPlain =
          url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
      return isWeb && isPlain && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  Optional<List<ObjectPlace>> places() {
    try {
      return Optional.of(words().stream().map(ObjectPlace::parse).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<List<AddressRange>> ranges() {
    List<Optional<AddressRange>> ranges = words().stream().map(AddressRange::parse).toList();
    return ranges.stream().allMatch(Optional::isPresent)
        ? Optional.of(ranges.stream().map(Optional::orElseThrow).toList())
        : Optional.empty();
  }

  private static boolean isWithin(double value, Kind.Real range) {
    boolean aboveLeast =
        range.leastBound() == Bound.INCLUDED ? value >= range.least() : value > range.least();
    boolean belowMost =
        range.mostBound() == Bound.INCLUDED ? value <= range.most() : value < range.most();
    return aboveLeast && belowMost;
  }
}
