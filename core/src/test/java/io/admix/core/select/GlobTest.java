package io.admix.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.java A.java true",
        "*.java a/A.java false",
        "*.java A.JAVA false",
        "*.java .java true",
        "**/*.java A.java true",
        "**/*.java a/b/c/A.java true",
        "**/*.java a/b/c/A.javax false",
        "**/src/**/*.c src/x.c true",
        "**/src/**/*.c a/src/b/c/x.c true",
        "**/src/**/*.c a/xsrc/x.c false",
        "**/src/**/*.c src.c false",
        "a/**/b a/b true",
        "a/**/b a/x/b true",
        "a/**/b a/x/y/b true",
        "a/**/b ab false",
        "a/**/b a/xb false",
        "a/** a/b true",
        "a/** a/b/c true",
        "a/** a false",
        "a/** ab/c false",
        "** a true",
        "** a/b/c true",
        "**/** a true",
        "**/a a true",
        "**/a ba false",
        "a**b axxb true",
        "a**b a/b false",
        "*/b a/b true",
        "*/b a/c/b false",
        "* .hidden true",
        "? a true",
        "? ab false",
        "? 😀 true",
        "?? 😀 false",
        "[😀-😂] 😁 true",
        "[!😀] 😀 false",
        "a?b a/b false",
        "a[/]b a/b false",
        "a[!x]b a/b false",
        "a[!x]b ayb true",
        "a[^x]b axb false",
        "[abc] b true",
        "[abc] d false",
        "[a-c]x bx true",
        "[a-c]x dx false",
        "[]] ] true",
        "[!]] ] false",
        "[a-] - true",
        "[-a] - true",
        "[\\]a] ] true",
        "[a\\-c] b false",
        "[a\\-c] - true",
        "\\* * true",
        "\\* a false",
        "\\{a\\} {a} true",
        "a,b a,b true",
        "{a,b} a true",
        "{a,b} c false",
        "*.{jpg,png} x.png true",
        "*.{jpg,jp{e,x}g} x.jpxg true",
        "{a,b/**}/c b/x/c true",
        "{**/,}x a/b/x true",
        "{a,}b b true",
        "{a\\,b,c} a,b true",
        "[{]x {x true",
        "{[,],b} , true",
        "a.b axb false",
        "(a|b)+ (a|b)+ true",
        "é é true",
        "a* a true",
        "*a*b*c* xaxbxcx true",
        "*a*b*c* xaxcxbx false"
      })
  void patternAndPath(String pattern, String path, boolean matches) {
    assertThat(Glob.compile(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "[a not~closed",
        "{a not~closed",
        "{a,{b} not~closed",
        "a} without",
        "a\\ lone",
        "[a\\ not~closed",
        "[z-a] backwards",
        "/a relative",
        "a/ a/**",
        "a//b //",
        "./a segment",
        "a/../b segment",
        "{a,b}{c,d}{e,f}{g,h}{i,j}{k,l}{m,n}{o,p}{q,r} 256"
      })
  void badPatternIsRefusedWithTheReason(String pattern, String reason) {
    assertThatThrownBy(() -> Glob.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason.replace('~', ' '))
        .hasMessageContaining(pattern);
  }

  @Test
  void emptyAndOverlongPatternsAreRefused() {
    assertThatThrownBy(() -> Glob.compile("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> Glob.compile("a".repeat(1_001))).hasMessageContaining("1001");
  }

  /** What a backtracking matcher takes longer for than the universe is old. */
  @Test
  void manyStarsTakeNoTime() {
    String path = "a".repeat(900);
    String folders = "a/".repeat(400) + "a";
    assertTimeoutPreemptively(
        java.time.Duration.ofSeconds(10),
        () -> {
          assertThat(Glob.compile("*a".repeat(400) + "[!a]").matches(path)).isFalse();
          assertThat(Glob.compile("**/".repeat(300) + "?[!a]").matches(folders)).isFalse();
          assertThat(Glob.compile("**/*a*/".repeat(100) + "?").matches(folders)).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithThePlainReference(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hits = 0;
    for (int i = 0; i < 20_000; i++) {
      String pattern = pattern(random);
      String path = path(random);
      boolean expected = GlobReference.matches(pattern, path);
      assertThat(Glob.compile(pattern).matches(path))
          .as("seed %d: %s on %s", seed, pattern, path)
          .isEqualTo(expected);
      hits += expected ? 1 : 0;
    }
    assertThat(hits).as("matches, or the comparison says nothing").isGreaterThan(500);
  }

  private static String pattern(SplittableRandom random) {
    String[] pieces = {"a", "b", "😀", "*", "?", "[ab]", "[!a]", "*"};
    StringBuilder pattern = new StringBuilder();
    int segments = random.nextInt(1, 4);
    for (int s = 0; s < segments; s++) {
      pattern.append(s == 0 ? "" : "/");
      if (random.nextInt(3) == 0) {
        pattern.append("**");
        continue;
      }
      int length = random.nextInt(1, 4);
      for (int i = 0; i < length; i++) {
        pattern.append(pieces[random.nextInt(pieces.length)]);
      }
    }
    return pattern.toString();
  }

  private static String path(SplittableRandom random) {
    String[] pieces = {"a", "b", "😀"};
    StringBuilder path = new StringBuilder();
    int segments = random.nextInt(1, 4);
    for (int s = 0; s < segments; s++) {
      path.append(s == 0 ? "" : "/");
      int length = random.nextInt(1, 4);
      for (int i = 0; i < length; i++) {
        path.append(pieces[random.nextInt(pieces.length)]);
      }
    }
    return path.toString();
  }
}
