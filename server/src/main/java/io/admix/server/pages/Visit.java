package io.admix.server.pages;

import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** One request for a page: who looks, in which language, and how figures are written for him. */
public final class Visit {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Preferences preferences;
  private final Place place;
  private final Caller caller;
  private final Assets assets;

  /**
   * What is visited.
   *
   * @param title the page's name, in words
   * @param address path and query, for coming back
   */
  record Place(@Nullable Room room, String title, String address) {}

  /**
   * Who visits.
   *
   * @param csrfToken what his changes carry; null where no cookie signs him in
   * @param canSignOut whether this service keeps him signed in
   */
  record Caller(String owner, @Nullable String csrfToken, boolean canSignOut) {}

  Visit(Preferences preferences, Place place, Caller caller, Assets assets) {
    this.preferences = preferences;
    this.place = place;
    this.caller = caller;
    this.assets = assets;
  }

  public Language language() {
    return preferences.language();
  }

  public Theme theme() {
    return preferences.theme();
  }

  /** The part of the pages that this one belongs to; null for none. */
  public @Nullable Room room() {
    return place.room();
  }

  public String title() {
    return place.title();
  }

  /** Path and query of this page, without scheme and host. */
  public String address() {
    return place.address();
  }

  /** The same as a value in the query of another address. */
  public String back() {
    return URLEncoder.encode(address(), StandardCharsets.UTF_8);
  }

  /** What the switch of light and dark leads to. */
  public Theme nextTheme() {
    Theme[] all = Theme.values();
    return all[(theme().ordinal() + 1) % all.length];
  }

  public String owner() {
    return caller.owner();
  }

  /** What a change must carry, or "" where none is asked for. */
  public String csrfToken() {
    return caller.csrfToken() == null ? "" : caller.csrfToken();
  }

  public boolean canSignOut() {
    return caller.canSignOut();
  }

  /** The address of a file that pages are made with, which changes with its content. */
  public String asset(String name) {
    return assets.address(name);
  }

  /** The words of a key, see {@link java.text.MessageFormat} for its places. */
  public String t(String key, Object... places) {
    return Words.of(language(), key, places);
  }

  /** With its thousands grouped. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(language().locale()).format(number);
  }

  /** With at most one digit behind the point. */
  public String decimal(double number) {
    NumberFormat format = NumberFormat.getNumberInstance(language().locale());
    format.setMaximumFractionDigits(1);
    return format.format(number);
  }

  /**
   * A share with at most one digit behind the point.
   *
   * @param share 1 is all
   */
  public String percent(double share) {
    NumberFormat format = NumberFormat.getPercentInstance(language().locale());
    format.setMaximumFractionDigits(1);
    return format.format(share);
  }

  /** In powers of 1,024, three digits of them. */
  public String bytes(long bytes) {
    if (bytes < 1_024) {
      return number(bytes) + " B";
    }
    double rest = bytes;
    int unit = -1;
    while (rest >= 1_023.5 && unit < UNITS.length - 1) {
      rest /= 1_024;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(language().locale());
    format.setMaximumFractionDigits(rest < 10 ? 2 : rest < 100 ? 1 : 0);
    return format.format(rest) + " " + UNITS[unit];
  }

  /** Seconds in words: 12 s, 3 min 20 s, 2 h 5 min. */
  public String duration(long seconds) {
    if (seconds < 60) {
      return t("frame.seconds", seconds);
    }
    return seconds < 3_600
        ? t("frame.minutes", seconds / 60, seconds % 60)
        : t("frame.hours", seconds / 3_600, seconds % 3_600 / 60);
  }

  /** A moment; the browser writes it in its user's zone. Nothing for null. */
  public Content time(@Nullable Instant moment) {
    return output -> {
      if (moment != null) {
        output.writeContent("<time datetime=\"");
        output.writeContent(moment.toString());
        output.writeContent("\">");
        output.writeContent(UTC.format(moment));
        output.writeContent("</time>");
      }
    };
  }
}
