package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.FileAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinuxAccessProviderTest {
  /** Run in a Java of its own. */
  public static void main(String[] args) {
    System.out.println(FileAccess.best().name());
  }

  @ParameterizedTest
  @CsvSource({
    "--enable-native-access=ALL-UNNAMED, linux",
    "--illegal-native-access=deny, portable",
    "-Dos.name=Plan9, portable",
    "-Dos.arch=riscv64, portable"
  })
  void theBestAccessIsTheOneThatWorksHere(String option, String expected) throws Exception {
    String java = System.getProperty("java.home") + "/bin/java";
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    option,
                    "-cp",
                    System.getProperty("java.class.path"),
                    LinuxAccessProviderTest.class.getName()))
            .start();
    String out = new String(process.getInputStream().readAllBytes()).strip();
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(out).as(err).isEqualTo(expected);
  }

  /**
   * Linux gives calls their numbers once and for all; these are the ones that are easily confused.
   */
  @Test
  void numbersOfTheOtherArchitecture() {
    assertThat(Abi.AARCH64.linkat).isEqualTo(37);
    assertThat(Abi.AARCH64.symlinkat).isEqualTo(36);
    assertThat(Abi.AARCH64.unlinkat).isEqualTo(35);
    assertThat(Abi.AARCH64.renameat2).isEqualTo(276);
    assertThat(Abi.AARCH64.statx).isEqualTo(291);
    assertThat(Abi.AARCH64.tmpfile()).isEqualTo(0x404000);
    assertThat(Abi.AARCH64.nofollow).isEqualTo(0x8000);
    assertThat(Abi.X86_64.linkat).isEqualTo(265);
    assertThat(Abi.X86_64.symlinkat).isEqualTo(266);
    assertThat(Abi.X86_64.unlinkat).isEqualTo(263);
    assertThat(Abi.X86_64.tmpfile()).isEqualTo(0x410000);
  }
}
