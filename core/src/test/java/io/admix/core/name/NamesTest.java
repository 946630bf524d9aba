package io.admix.core.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "a.txt, a, .txt, a_1.txt",
    "a.tar.gz, a.tar, .gz, a.tar_1.gz",
    ".bashrc, .bashrc, '', .bashrc_1",
    ".a.b, .a, .b, .a_1.b",
    "..a, ., .a, ._1.a",
    "a., a, ., a_1.",
    "Makefile, Makefile, '', Makefile_1",
    "a_1.txt, a_1, .txt, a_1_1.txt"
  })
  void stemEndsAtTheLastDotThatIsNotTheFirstCharacter(
      String name, String stem, String extension, String first) {
    assertThat(BaseName.of(name)).isEqualTo(new BaseName(stem, extension)).hasToString(name);
    assertThat(BaseName.of(name).numbered(1)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_0.txt",
        "a_01.txt",
        "a_.txt",
        "a.txt",
        "_1.txt",
        "_1",
        "a_1x",
        "a_+1",
        "a_-1",
        "a_١",
        "a.x_1",
        "a_1234567890123456789"
      })
  void notANumberedName(String name) {
    assertThat(BaseName.parseNumbered(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void numberedNamesDecodeToWhatMadeThemAndOnlyTo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(1, 8); length > 0; length--) {
        text.append("a._12😀".charAt(random.nextInt(5)));
      }
      String name = text.toString();
      long number = random.nextLong(1, 200);
      String numbered = BaseName.of(name).numbered(number);
      assertThat(BaseName.parseNumbered(numbered))
          .as("seed %d", seed)
          .contains(new BaseName.Numbered(name, number));
      var parsed = BaseName.parseNumbered(name);
      decoded += parsed.isPresent() ? 1 : 0;
      parsed.ifPresent(p ->
          assertThat(BaseName.of(p.original()).numbered(p.number()))
              .as("seed %d", seed)
              .isEqualTo(name));
    }
    assertThat(decoded).as("names that decode, or half the test says nothing").isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "., name of its own",
    ".., name of its own",
    "a/b, '`/`'",
    ".admix-1, keeps for itself"
  })
  void badSegments(String name, String reason) {
    assertThat(SafeNames.problemOfSegment(name).orElse("(none)")).contains(reason);
    assertThat(SafeNames.problemOfName(name).orElse("(none)")).contains(reason);
  }

  @Test
  void segmentsAreMeasuredInBytes() {
    assertThat(SafeNames.problemOfSegment("a".repeat(255))).isEmpty();
    assertThat(SafeNames.problemOfSegment("a".repeat(256)))
        .hasValueSatisfying(p -> assertThat(p).contains("256 bytes"));
    assertThat(SafeNames.problemOfSegment("😀".repeat(63) + "abc")).isEmpty();
    assertThat(SafeNames.problemOfSegment("😀".repeat(64))).isPresent();
    assertThat(SafeNames.problemOfSegment("a\0")).isPresent();
    assertThat(SafeNames.problemOfSegment("\uDE00\uD83D"))
        .hasValueSatisfying(p -> assertThat(p).contains("surrogate"));
  }

  @Test
  void filesMayHaveNamesThatDatasetsMayNot() {
    for (String odd : List.of("a\nb", "\u001b[2J", " a", "a ", " ", "a\u0085")) {
      assertThat(SafeNames.problemOfSegment(odd)).isEmpty();
      assertThat(SafeNames.problemOfName(odd)).as(Printable.of(odd)).isPresent();
    }
    assertThat(SafeNames.problemOfName("Straße 😀 v1.2")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "./a", "a/..", "a/../b", ".", "a/.admix-x/b"})
  void badPaths(String path) {
    assertThat(SafeNames.problemOfPath(path)).isPresent();
  }

  @Test
  void pathsAreMeasuredInCharacters() {
    assertThat(SafeNames.problemOfPath("a/b.c/..d/...")).isEmpty();
    assertThat(SafeNames.problemOfPath("😀/".repeat(499) + "ab")).isEmpty();
    assertThat(SafeNames.problemOfPath("😀/".repeat(499) + "abc"))
        .hasValueSatisfying(p -> assertThat(p).contains("1001 characters"));
    assertThat(SafeNames.problemOfPath("a/" + "b".repeat(256)))
        .hasValueSatisfying(p -> assertThat(p).contains("256"));
  }

  @ParameterizedTest
  @CsvSource({
    "wieght, weight",
    "Weight, weight",
    "on_shortage, on-shortage",
    "percents, percent",
    "conut, count"
  })
  void nearWordIsSuggested(String word, String near) {
    List<String> known = List.of("count", "percent", "weight", "on-shortage", "name");
    assertThat(Near.suggestion(word, known)).contains(near);
  }

  @Test
  void farWordIsNot() {
    List<String> known = List.of("count", "percent", "weight");
    assertThat(Near.suggestion("temperature", known)).isEmpty();
    assertThat(Near.suggestion("bytes", known)).isEmpty();
    assertThat(Near.suggestion("", known)).isEmpty();
    assertThat(Near.suggestion("w".repeat(100_000), known)).isEmpty();
  }

  @Test
  void distanceCountsATranspositionOnce() {
    assertThat(Near.distance("ab", "ba")).isEqualTo(1);
    assertThat(Near.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Near.distance("", "abc")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void textsCompareAsTheirUtf8Bytes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] points = {
      'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff
    };
    int different = 0;
    for (int i = 0; i < 20_000; i++) {
      String a = text(random, points);
      String b = text(random, points);
      byte[] x = a.getBytes(StandardCharsets.UTF_8);
      byte[] y = b.getBytes(StandardCharsets.UTF_8);
      int expected = Integer.signum(Arrays.compareUnsigned(x, y));
      assertThat(Integer.signum(Utf8.compare(a, b)))
          .as("seed %d %s %s", seed, a, b)
          .isEqualTo(expected);
      assertThat(Utf8.length(a)).isEqualTo(x.length);
      assertThat(Utf8.encode(a)).isEqualTo(x);
      different += expected == Integer.signum(a.compareTo(b)) ? 0 : 1;
    }
    assertThat(different).as("pairs that UTF-16 orders otherwise").isGreaterThan(100);
  }

  @Test
  void loneSurrogatesAreRefused() {
    assertThat(Utf8.isWellFormed("a😀")).isTrue();
    for (String bad : List.of("\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db", "😀\uD83D")) {
      assertThat(Utf8.isWellFormed(bad)).isFalse();
      assertThatThrownBy(() -> Utf8.encode(bad)).hasMessageContaining("surrogate");
    }
  }

  @Test
  void shownTextCannotMoveTheCursor() {
    assertThat(Printable.of("a\u001b[2J\nb\u202e\uD800é😀"))
        .isEqualTo("a\\u001B[2J\\u000Ab\\u202E\\uD800é😀");
    assertThat(Printable.of("x".repeat(500))).hasSize(201).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIAKEY:wJalr/K7MDENG@bucket/p",
        "s3://AKIAKEY:wJalrK7MDENG@bucket/p",
        "s3://AKIAKEY:wJalr/K7MDENG",
        "s3://AKIAKEY/wJalr/K7MDENG@bucket",
        "s3a://AKIAKEY:wJalr/K7MDENG@bucket/p",
      })
  void credentialsInAnAddressOfObjects_areRefused_andNotRepeated(String address) {
    assertThat(ObjectAddress.problem(address).orElseThrow())
        .contains("address of objects")
        .doesNotContain("AKIAKEY", "wJalr", "K7MDENG");
  }

  private static String text(SplittableRandom random, int[] points) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(0, 4); length > 0; length--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }
}
