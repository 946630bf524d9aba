package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.LinkRules.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is foreseen of hard links, beside {@code may_linkat} of the kernel. */
class LinkRulesTest {
  private static final long OWN = 1000;
  private static final Caller BOUND = new Caller(OWN, false, false, Known.YES);

  @TempDir Path folder;

  private static Stat stat(int mode, long owner, long links) {
    return new Stat(Stat.Kind.REGULAR, 1, 2, 3, 4, links, mode, owner);
  }

  private static Verdict verdict(Caller caller, String mode, long owner, long links) {
    return new LinkRules(caller, 10).of(stat(Integer.parseInt(mode, 8), owner, links));
  }

  @ParameterizedTest
  @CsvSource({
    "0644, 1000, 1, FREE",
    "0000, 1000, 1, FREE",
    "4755, 1000, 9, FREE",
    "0644, 1000, 10, FULL",
    "0666, 1001, 1, FREE",
    "0644, 1001, 1, PROTECTED",
    "0600, 1001, 1, PROTECTED",
    "0664, 1001, 1, DOUBTFUL",
    "0622, 1001, 1, PROTECTED",
    "4666, 1001, 1, PROTECTED",
    "2676, 1001, 1, PROTECTED",
    "2666, 1001, 1, FREE",
    "0666, 1001, 11, FULL"
  })
  void whoIsBound_linksOwnFilesAndThoseThatItMayWrite(
      String mode, long owner, long links, Verdict expected) {
    assertThat(verdict(BOUND, mode, owner, links)).isEqualTo(expected);
  }

  @Test
  void capabilitiesAndTheSysctlDecide() {
    Caller owner = new Caller(OWN, true, false, Known.YES);
    Caller reader = new Caller(OWN, false, true, Known.YES);
    assertThat(verdict(owner, "4600", 1, 1)).isEqualTo(Verdict.FREE);
    assertThat(verdict(reader, "0600", 1, 1)).isEqualTo(Verdict.FREE);
    assertThat(verdict(reader, "4600", 1, 1)).isEqualTo(Verdict.PROTECTED);
    for (Known off : new Known[] {Known.NO, Known.UNKNOWN}) {
      assertThat(verdict(new Caller(OWN, false, false, off), "0600", 1, 1)).isEqualTo(Verdict.FREE);
    }
    assertThat(new LinkRules(BOUND, LinkLimits.UNKNOWN).of(stat(0644, OWN, 1L << 40)))
        .as("no known limit")
        .isEqualTo(Verdict.FREE);
  }

  @Test
  void theCallerIsReadFromProc() throws Exception {
    Files.createDirectories(folder.resolve("self"));
    Files.createDirectories(folder.resolve("sys/fs"));
    Files.writeString(
        folder.resolve("self/status"),
        "Name:\tx\nUid:\t1\t2\t3\t1000\nCapEff:\t0000000000000008\n");
    Files.writeString(folder.resolve("sys/fs/protected_hardlinks"), "1\n");
    assertThat(Caller.of(folder)).isEqualTo(new Caller(1000, true, false, Known.YES));
    Files.writeString(folder.resolve("self/status"), "Uid:\t1\t2\t3\t7\nCapEff:\t2\n");
    Files.writeString(folder.resolve("sys/fs/protected_hardlinks"), "0\n");
    assertThat(Caller.of(folder)).isEqualTo(new Caller(7, false, true, Known.NO));
    assertThat(Caller.of(folder.resolve("none")))
        .isEqualTo(new Caller(-1, false, false, Known.UNKNOWN));
  }
}
