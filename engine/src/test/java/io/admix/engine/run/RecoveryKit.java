package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Recipe;
import io.admix.engine.settings.CopySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs that die, are stopped or are tampered with, and go on. */
abstract class RecoveryKit {
  @TempDir Path folder;
  Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = openLab(folder.toRealPath());
    // One row is a batch: each run is a transaction of its own, so that crashes fall between many
    // of them.
    lab.copy = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
  }

  /** On SQLite; the same tests run on PostgreSQL in a subclass. */
  Lab openLab(Path root) throws IOException {
    return new Lab(root);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  static void deleteOrFail(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A run of 60 of 80 files that died after its first transaction. */
  Recipe crashWhilePlacing() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    return recipe;
  }

  Path missingIn(Path staging, String source, int planned) throws IOException {
    Set<String> there = Lab.files(staging);
    for (int i = planned - 1; i >= 0; i--) {
      String path = "%s/d%02d/f%04d.txt".formatted(source, i / 10, i);
      if (!there.contains(path)) {
        return staging.resolve(path);
      }
    }
    throw new IllegalStateException("everything was placed before the crash: " + there);
  }

  void awaitCancelSeen(String id) {
    // Longer than the keeper's half second, bounded: without a keeper that looks, the run would end
    // as a success.
    await(new CountDownLatch(1), 700);
  }

  static void await(CountDownLatch latch) {
    await(latch, 20_000);
  }

  static void await(CountDownLatch latch, long ms) {
    try {
      boolean done = latch.await(ms, TimeUnit.MILLISECONDS);
      assertThat(done || ms < 1_000).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
