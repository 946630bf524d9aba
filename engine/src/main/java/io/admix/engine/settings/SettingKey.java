package io.admix.engine.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting: the single source for its validation, for {@code admix help settings} and for
 * docs/settings.md.
 *
 * @param key such as {@code admix.copy.batch-size}
 * @param byDefault the default as written
 * @param range what may be written, for people
 * @param meaning one line
 */
public record SettingKey(String key, String byDefault, String range, String meaning, Kind kind) {

  /**
   * The environment variable that sets it: {@code admix.copy.batch-size} is {@code
   * ADMIX_COPY_BATCH_SIZE}.
   */
  public String environmentVariable() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * What a value must be. Numbers are checked to lie within both ends, unless the kind says
   * otherwise.
   */
  sealed interface Kind {
    record Whole(long least, long most) implements Kind {}

    /** A decimal; each end says whether it belongs to the range. */
    record Real(double least, Bound leastBound, double most, Bound mostBound) implements Kind {}

    record Truth() implements Kind {}

    record Bytes(long least, long most) implements Kind {}

    record Length(long leastSeconds, long mostSeconds) implements Kind {}

    record Zone() implements Kind {}

    record Folder() implements Kind {}

    record Folders() implements Kind {}

    record Choice(List<String> words) implements Kind {
      public Choice {
        words = List.copyOf(words);
      }
    }

    /** A word that the pattern matches as a whole. */
    record Word(Pattern pattern) implements Kind {}

    /** Words between commas, each of which the pattern matches as a whole. */
    record Words(Pattern pattern) implements Kind {}

    /** An http or https URL. */
    record Url() implements Kind {}

    /** Places of objects between commas. */
    record Places() implements Kind {}

    /** Addresses and ranges between commas. */
    record Ranges() implements Kind {}
  }

  /** Whether an end belongs to a range. */
  enum Bound {
    INCLUDED,
    EXCLUDED
  }
}
