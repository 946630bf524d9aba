package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real process, killed at random instants until it is published: at most so many times as {@code
 * -Dadmix.test.kills=40} says, fewer when it is published sooner; another course with {@code
 * -Dadmix.test.seed=…}.
 */
class KillTest {
  private static final int FILES = 4_000;
  private static final int FOLDERS = 200;
  private static final int KILLS = Integer.getInteger("admix.test.kills", 4);
  private static final long SEED = Long.getLong("admix.test.seed", System.nanoTime());
  private static final int MS_MAX = 2_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "COPY"})
  void killedAgainAndAgain_itIsPublishedWhole(LinkMethod method) throws Exception {
    makeSource();
    Home home = Home.sqlite(folder.resolve("home"));
    Mix mix = Mix.of("mix", folder, folder.resolve("out/mix"), method, folder.resolve("a"));
    List<SourceFacts> before = PublishedMix.factsOf(mix);
    Random random = new Random(SEED);
    int killed = 0;
    boolean ended = false;
    for (int i = 0; i < KILLS && !ended; i++) {
      try (RealProcess process =
          RealProcess.in(home, folder).run("run", "mix.yaml", "-c", "admix.copy.batch-size=100")) {
        ended = process.waitFor(random.nextInt(MS_MAX));
        if (ended) {
          assertThat(process.waitFor()).as("seed %d: %s", SEED, process.err()).isZero();
        } else {
          process.kill();
          killed++;
          assertWholeOrNotThere(mix);
        }
      }
    }
    PublishedMix.runAndCheck(
        home, mix, before, "seed %d, kills %d, %s".formatted(SEED, killed, method));
  }

  private void makeSource() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % FOLDERS + "/f" + i + ".txt");
      if (i < FOLDERS) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "file " + i);
    }
    Sources.watch(folder.resolve("a"));
  }

  private void assertWholeOrNotThere(Mix mix) throws IOException {
    if (Files.exists(mix.target())) {
      assertThat(SourceFacts.of(mix.target()).files()).as("seed %d", SEED).hasSize(FILES);
    }
  }
}
