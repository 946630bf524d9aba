package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogSettings;
import io.admix.core.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another connection holds the lock that a run needs: for a moment, and for good. */
@Timeout(60)
class LockedDatabaseTest {
  private static final int FILES = 40;

  @TempDir Path folder;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private CatalogSettings database;
  private Lab lab;
  private Connection holder;

  /** A new database in which a step waits for a lock for no longer than 300 ms. */
  CatalogSettings newDatabase(Path root) throws IOException {
    return new CatalogSettings(
        "jdbc:sqlite:"
            + Files.createDirectories(root.resolve("home")).resolve("catalog.db")
            + "?busy_timeout=300",
        null,
        null,
        ZoneOffset.UTC,
        Clock.systemUTC());
  }

  /** Takes what every step of a run needs. */
  String lock() {
    return "BEGIN IMMEDIATE";
  }

  @BeforeEach
  void open() throws Exception {
    database = newDatabase(folder.toRealPath());
    lab = new Lab(folder.toRealPath(), database);
    lab.copy = Lab.smallBatches();
  }

  @AfterEach
  void close() throws Exception {
    later.shutdownNow();
    if (holder != null) {
      holder.close();
    }
    lab.close();
  }

  private void hold() throws Exception {
    holder = DriverManager.getConnection(database.url(), database.user(), database.password());
    if (database.url().startsWith("jdbc:postgresql:")) {
      holder.setAutoCommit(false);
    }
    holder.createStatement().execute(lock());
  }

  private void holdAt(CrashPoints.Point point, long releaseAfterMs) {
    AtomicBoolean held = new AtomicBoolean();
    lab.crash =
        at -> {
          if (at == point && held.compareAndSet(false, true)) {
            try {
              hold();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            if (releaseAfterMs > 0) {
              later.schedule(
                  () -> {
                    holder.close();
                    return null;
                  },
                  releaseAfterMs,
                  TimeUnit.MILLISECONDS);
            }
          }
        };
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PLAN_SEALED", "RUNS_RECORDED", "VOLUME_SYNCED", "RENAMED"})
  void aLockHeldForAMoment_isWaitedFor(CrashPoints.Point point) throws Exception {
    // Several times what one step waits: the run tries again.
    holdAt(point, 1_200);
    lab.assertPublished(lab.run(lab.recipe(lab.source("a", FILES, FILES))), FILES);
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PLAN_SEALED", "RUNS_RECORDED", "RENAMED"})
  void aLockThatIsNotGivenBack_endsTheRunResumable(CrashPoints.Point point) throws Exception {
    lab.leaseSeconds = 1;
    holdAt(point, 0);
    Recipe recipe = lab.recipe(lab.source("a", FILES, FILES));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("lock");
    holder.close();
    lab.crash = CrashPoints.NONE;
    lab.assertPublished(lab.run(recipe), FILES);
  }

  @Test
  void aLockBeforeTheStart_isTold_andNothingIsMade() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", FILES, FILES));
    hold();
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("lock")
        .hasMessageContaining("Nothing of this step was written");
    holder.close();
    assertThat(lab.catalog.tasks().list()).isEmpty();
    assertThat(lab.root.resolve("out")).doesNotExist();
    lab.assertPublished(lab.run(recipe), FILES);
  }
}
