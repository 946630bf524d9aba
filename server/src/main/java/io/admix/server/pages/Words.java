package io.admix.server.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages say, in every language that they speak. */
final class Words {
  private static final String FRAME = "frame";
  private static final Map<Language, Map<String, String>> ALL = all();

  private Words() {}

  /**
   * The words of a key, its places filled. A key that nobody defined is shown itself.
   *
   * @param places for {@code {0}}, {@code {1}} …, as {@link MessageFormat} takes them
   */
  static String of(Language language, String key, Object... places) {
    String words = in(language).get(key);
    if (words == null) {
      return key;
    }
    return new MessageFormat(words, language.locale()).format(places);
  }

  static Map<String, String> in(Language language) {
    return ALL.getOrDefault(language, Map.of());
  }

  private static Map<Language, Map<String, String>> all() {
    Map<Language, Map<String, String>> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, read(language));
    }
    return all;
  }

  private static Map<String, String> read(Language language) {
    return Stream.concat(Stream.of(FRAME), Stream.of(Room.values()).map(Room::word))
        .flatMap(room -> read(room, language).entrySet().stream())
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
  }

  private static Properties read(String room, Language language) {
    Properties words = new Properties();
    String name = "words/%s_%s.properties".formatted(room, language.code());
    try (InputStream file = Words.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the words " + name + " are not in the jar");
      }
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
