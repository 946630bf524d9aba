package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalPlaceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--home h dataset list, dataset list --home h",
    "dataset --json list --quiet, dataset list --json --quiet",
    "-c a=1 -c b=2 run r.yaml --seed 1, run -c a=1 -c b=2 r.yaml --seed 1",
    "--home=h -ca=1 plan r.yaml, plan --home=h -ca=1 r.yaml",
    "run r.yaml --home h, run r.yaml --home h",
    "--version, --version",
    "--json, --json",
    "--nonsense --home h run r.yaml, --nonsense --home h run r.yaml"
  })
  void globalOptionsBeforeTheCommand_areReadByIt(String given, String read) {
    assertThat(GlobalPlace.behindCommand(given.split(" "))).isEqualTo(read.split(" "));
  }

  @Test
  void aHomeBeforeTheCommand_isTheOneThatIsUsed() {
    CommandRun run =
        CommandRun.of(
            folder, "--home", folder.resolve("other").toString(), "--json", "dataset", "list");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"datasets\":[]");
    assertThat(folder.resolve("other/catalog.db")).exists();
  }
}
