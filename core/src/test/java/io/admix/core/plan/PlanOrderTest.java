package io.admix.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanOrderTest {
  @Test
  void targetFolderThenSourceThenSourceFolderThenName() {
    List<PlanEntry> ordered =
        List.of(
            entry("", 5, "z", "z"),
            entry("a", 0, "x", "b"),
            entry("a", 0, "x-", "a"),
            entry("a", 0, "x/y", "a"),
            entry("a", 1, "", "a"),
            entry("a", 256, "", "a"),
            entry("a!", 0, "", "a"),
            entry("a/b", 0, "", "\uFFFD"),
            entry("a/b", 0, "", "\uD83D\uDE00"));

    List<PlanEntry> mixed = new ArrayList<>(ordered.reversed());
    mixed.sort(PlanOrder.CANONICAL);
    assertThat(mixed).isEqualTo(ordered);
    mixed = new ArrayList<>(ordered.reversed());
    mixed.sort((x, y) -> Arrays.compareUnsigned(PlanOrder.key(x), PlanOrder.key(y)));
    assertThat(mixed).isEqualTo(ordered);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keysCompareAsEntriesDo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 30_000; i++) {
      PlanEntry a = random(random);
      PlanEntry b = random(random);
      assertThat(Integer.signum(Arrays.compareUnsigned(PlanOrder.key(a), PlanOrder.key(b))))
          .as("seed %d: %s and %s", seed, a, b)
          .isEqualTo(Integer.signum(PlanOrder.compare(a, b)));
    }
  }

  @Test
  void keyHasTheDocumentedLayout() {
    assertThat(PlanOrder.key("t", 258, "f", "n"))
        .isEqualTo(new byte[] {'t', 0, 0, 0, 1, 2, 'f', 0, 'n'});
    assertThatThrownBy(() -> PlanOrder.key("t", -1, "", "n")).hasMessageContaining("-1");
    assertThatThrownBy(() -> PlanOrder.key("t", 0, "a\0b", "n")).hasMessageContaining("zero byte");
    assertThatThrownBy(() -> PlanOrder.key("t", 0, "", "\uD800")).hasMessageContaining("surrogate");
  }

  @Test
  void selectionHashIsShaOfTheDocumentedBytes() throws Exception {
    SelectionHash hash = new SelectionHash();
    hash.add(entry("t/ü", 0, "f", "n"), "src");
    hash.add("b", "src", "c", 12_345_678_901L);

    byte[] bytes =
        "t/ü/n_1\0src\0f/n\0007\nb\0src\0c\00012345678901\n".getBytes(StandardCharsets.UTF_8);
    String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(hash.hex()).isEqualTo(expected);
  }

  /** Texts of every length around the buffer's, at every place of it. */
  @Test
  void selectionHashOfManyAndLongTexts() throws Exception {
    SelectionHash hash = new SelectionHash();
    MessageDigest plain = MessageDigest.getInstance("SHA-256");
    for (int length : new int[] {1, 100, 4095, 4096, 8190, 8191, 8192, 8193, 20_000, 3, 8188}) {
      for (int i = 0; i < 50; i++) {
        String text = "x".repeat(length + i);
        hash.add(text, "s", "r", i);
        plain.update((text + "\0s\0r\0" + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(hash.hex()).isEqualTo(HexFormat.of().formatHex(plain.digest()));
  }

  @Test
  void selectionHashDoesNotLookAtInodesAndTimes() {
    PlanEntry plain = entry("t", 0, "f", "n");
    PlanEntry seen = new PlanEntry(0, "f", "n", "t", "n_1", 7, new PlanEntry.Seen(99, 5), "row");
    assertThat(hash(seen)).isEqualTo(hash(plain));
    assertThat(hash(new PlanEntry(0, "f", "n", "t", "n_1", 8, PlanEntry.Seen.NOTHING, null)))
        .isNotEqualTo(hash(plain));
  }

  private static String hash(PlanEntry entry) {
    SelectionHash hash = new SelectionHash();
    hash.add(entry, "s");
    return hash.hex();
  }

  private static PlanEntry entry(
      String targetFolder, int source, String sourceFolder, String sourceName) {
    return new PlanEntry(
        source,
        sourceFolder,
        sourceName,
        targetFolder,
        sourceName + "_1",
        7,
        PlanEntry.Seen.NOTHING,
        null);
  }

  private static PlanEntry random(SplittableRandom random) {
    return entry(text(random), random.nextInt(3) * 200, text(random), text(random) + "n");
  }

  private static String text(SplittableRandom random) {
    String[] pieces = {"a", "/", "-", "\uFFFD", "\uD83D\uDE00", "\u0001"};
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(3); length > 0; length--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
