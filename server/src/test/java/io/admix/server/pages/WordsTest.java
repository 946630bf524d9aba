package io.admix.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.v1.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static final Pattern KEY =
      Pattern.compile(
          "\"((?:frame|datasets|compose|tasks|system)\\.[a-zA-Z0-9_.-]*[a-zA-Z0-9_-])\"(?!\\s*\\+)");

  @Test
  void bothLanguagesHaveTheSameWords() {
    assertThat(Words.in(Language.CHINESE).keySet())
        .isEqualTo(Words.in(Language.ENGLISH).keySet())
        .isNotEmpty();
  }

  @Test
  void bothLanguagesFillTheSamePlaces() {
    Words.in(Language.ENGLISH)
        .forEach((key, words) ->
            assertThat(places(Words.in(Language.CHINESE).get(key)))
                .as(key)
                .isEqualTo(places(words)));
  }

  @ParameterizedTest
  @EnumSource
  void aQuoteIsWrittenTwice_becauseOneWouldHideThePlacesBehindIt(Language language) {
    Words.in(language)
        .forEach((key, words) -> assertThat(words.replace("''", "")).as(key).doesNotContain("'"));
  }

  @ParameterizedTest
  @EnumSource
  void whatPagesSay_isDefined(Language language) throws IOException {
    Set<String> said = new TreeSet<>();
    for (Path file : sources()) {
      Matcher keys = KEY.matcher(Files.readString(file));
      while (keys.find()) {
        if (!keys.group(1).endsWith(".jte")
            && !keys.group(1).endsWith(".css")
            && !keys.group(1).endsWith(".js")) {
          said.add(keys.group(1));
        }
      }
    }
    assertThat(said).hasSizeGreaterThan(30);
    assertThat(Words.in(language).keySet()).containsAll(said);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfFaultHasAName(ProblemType type) {
    assertThat(Words.in(Language.ENGLISH))
        .containsKey("frame.fault." + type.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void aBrowsersLanguageIsTaken_andEnglishWhereNoneIsKnown() {
    assertThat(Language.accepted("zh-TW,zh;q=0.9,en;q=0.8")).isEqualTo(Language.CHINESE);
    assertThat(Language.accepted("fr-FR,zh;q=0.9,en;q=0.95")).isEqualTo(Language.ENGLISH);
    assertThat(Language.accepted("fr")).isEqualTo(Language.ENGLISH);
    assertThat(Language.accepted(";;;")).isEqualTo(Language.ENGLISH);
  }

  @Test
  void aListOfLanguagesThatNoBrowserSends_isNotRead() {
    assertThat(Language.accepted("zh" + ",en;q=0.5".repeat(20))).isEqualTo(Language.CHINESE);
    assertThat(Language.accepted("zh" + ",en;q=0.5".repeat(12_000))).isEqualTo(Language.ENGLISH);
  }

  private static Set<String> places(String words) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{(\\d)").matcher(words);
    while (matcher.find()) {
      places.add(matcher.group(1));
    }
    assertThat(new MessageFormat(words, Locale.ENGLISH).getFormatsByArgumentIndex().length)
        .isEqualTo(places.isEmpty() ? 0 : Integer.parseInt(new ArrayList<>(places).getLast()) + 1);
    return places;
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder :
        Map.of("src/main/jte", "", "src/main/java/io/admix/server/pages", "").keySet()) {
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
