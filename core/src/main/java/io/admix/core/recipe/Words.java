package io.admix.core.recipe;

import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words that recipes use for enumerated values: {@code TAKE_ALL} is {@code take-all}. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value of a key's word, the default when the key is missing or wrong. */
  static <E extends Enum<E>> E read(Fields fields, String key, Class<E> type, E byDefault) {
    String word = fields.text(key);
    E value = word == null ? null : parse(word, type);
    if (word != null && value == null) {
      fields.problem(key, unknown(word, type));
    }
    return value == null ? byDefault : value;
  }

  static <E extends Enum<E>> @Nullable E parse(String word, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(v -> of(v).equals(word))
        .findFirst()
        .orElse(null);
  }

  static <E extends Enum<E>> String unknown(String word, Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    String question = Near.question(word, words);
    return "`" + Printable.of(word) + "` is none of " + String.join(", ", words) + question;
  }
}
