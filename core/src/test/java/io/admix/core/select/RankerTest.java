package io.admix.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RankerTest {
  @Test
  void rankIsSipHashOfNameSaltAndPathKeyedByTheSeed() {
    byte[] message = "python\0002\000src/mäin/😀.py".getBytes(StandardCharsets.UTF_8);

    long rank = Ranker.of(42, "python", 2).rank("src/mäin/😀.py");

    assertThat(rank).isEqualTo(SipHash24.hash(42, 0, message, 0, message.length));
  }

  /** A stored plan and every other engine rest on these values: they may never change. */
  @Test
  void rankIsPinned() {
    assertThat(Ranker.of(42, "python", 1).rank("src/main.py")).isEqualTo(0xec24bdbe1fd990a1L);
  }

  @Test
  void bytesAndTextAndPartsOfAnArrayRankAlike() {
    Ranker ranker = Ranker.of(7, "é", 1);
    byte[] path = "a/ü".getBytes(StandardCharsets.UTF_8);
    byte[] within = "xxa/üyy".getBytes(StandardCharsets.UTF_8);

    assertThat(ranker.rank(path))
        .isEqualTo(ranker.rank("a/ü"))
        .isEqualTo(ranker.rank(within, 2, path.length));
  }

  @Test
  void pathLongerThanTheBufferRanksAsFromAFreshRanker() {
    String longPath = "d/".repeat(5_000) + "f";
    Ranker used = Ranker.of(7, "n", 1);
    long before = used.rank("a");

    assertThat(used.rank(longPath)).isEqualTo(Ranker.of(7, "n", 1).rank(longPath));
    assertThat(used.rank("a")).isEqualTo(before);
  }

  @Test
  void nameSaltPathAndSeedEachMatterAndDoNotRunTogether() {
    long rank = Ranker.of(1, "a", 1).rank("b");

    assertThat(Ranker.of(2, "a", 1).rank("b")).isNotEqualTo(rank);
    assertThat(Ranker.of(1, "a", 2).rank("b")).isNotEqualTo(rank);
    assertThat(Ranker.of(1, "a1", 1).rank("b")).isNotEqualTo(rank);
    assertThat(Ranker.of(1, "a", 11).rank("b")).isNotEqualTo(Ranker.of(1, "a", 1).rank("1b"));
  }

  @Test
  void refusesWhatWouldMakeTwoFilesOne() {
    assertThatThrownBy(() -> Ranker.of(1, "a", 1).rank("x\uD800y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranker.of(1, "a\0b", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranker.of(1, "a", 0)).hasMessageContaining("salt 0");
  }
}
