package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.CatalogSettings;
import io.admix.core.recipe.Recipe;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL goes away while a mix is made, behind a proxy that cuts, refuses and swallows, and by
 * real restarts: the run waits within its lease, or ends resumable, and goes on by the same run.
 */
@Timeout(60)
class PostgresAwayTest {
  private static final int FILES = 60;
  @TempDir static Path data;
  private static RestartablePostgres server;
  private static int databases;

  @TempDir Path folder;
  private TcpProxy proxy;
  private String name;
  private Lab lab;

  @BeforeAll
  static void startServer() throws Exception {
    server = new RestartablePostgres(data.resolve("pg"));
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    proxy = new TcpProxy(server.port());
    name = "away_" + ++databases;
    sql("postgres", "CREATE DATABASE " + name);
    lab = newLab();
    lab.copy = Lab.smallBatches();
    lab.leaseSeconds = 5;
  }

  private Lab newLab() throws Exception {
    return new Lab(
        folder.toRealPath(),
        new CatalogSettings(
            "jdbc:postgresql://127.0.0.1:%d/%s?socketTimeout=2&connectTimeout=1&options=-c%%20lock_timeout=500"
                .formatted(proxy.port(), name),
            "postgres",
            "postgres",
            ZoneOffset.UTC,
            Clock.systemUTC()));
  }

  /** The same run once more, as a new process makes it. */
  private void assertGoesOn(Recipe recipe) throws Exception {
    lab.close();
    lab = newLab();
    lab.assertPublished(lab.run(recipe), FILES);
  }

  @AfterEach
  void close() throws Exception {
    proxy.refuse(false);
    proxy.swallow(false);
    lab.close();
    proxy.close();
  }

  private static void sql(String database, String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database,
                "postgres",
                "postgres");
        var change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  /** Runs the mix; the mishap happens once, when the run first comes to the point. */
  private void at(CrashPoints.Point point, Mishap mishap) {
    AtomicBoolean happened = new AtomicBoolean();
    lab.crash =
        at -> {
          if (at == point && happened.compareAndSet(false, true)) {
            try {
              mishap.happen();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        };
  }

  private interface Mishap {
    void happen() throws Exception;
  }

  private Recipe recipe() throws Exception {
    return lab.recipe(lab.source("a", FILES, FILES));
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PLAN_SEALED", "PLACING_STARTED", "RUNS_RECORDED", "VOLUME_SYNCED", "RENAMED"})
  void aConnectionThatIsCut_isMadeAgain(CrashPoints.Point point) throws Exception {
    at(point, proxy::cut);
    lab.assertPublished(lab.run(recipe()), FILES);
  }

  @Test
  void sessionsThatAnAdministratorEnds_areMadeAgain() throws Exception {
    at(
        CrashPoints.Point.RUNS_RECORDED,
        () ->
            sql(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                    + name
                    + "'"));
    lab.assertPublished(lab.run(recipe()), FILES);
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PLAN_SEALED", "PLACING_STARTED", "RUNS_RECORDED", "VOLUME_SYNCED", "RENAMED"})
  void aCommitThatHoldsButIsNotAnswered_isFound(CrashPoints.Point point) throws Exception {
    at(point, proxy::loseNextCommit);
    lab.assertPublished(lab.run(recipe()), FILES);
    assertThat(proxy.lost.get()).isEqualTo(1);
  }

  @Test
  void creationAndAcquisitionThatAreNotAnswered_areFound() throws Exception {
    Recipe recipe = recipe();
    at(CrashPoints.Point.CREATED, proxy::loseNextCommit);
    proxy.loseNextCommit();
    lab.assertPublished(lab.run(recipe), FILES);
    assertThat(proxy.lost.get()).isPositive();
    assertThat(lab.catalog.tasks().list()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PLAN_SEALED", "RUNS_RECORDED", "VOLUME_SYNCED", "RENAMED"})
  void aServerThatStaysAway_endsTheRunResumable(CrashPoints.Point point) throws Exception {
    lab.leaseSeconds = 1;
    Recipe recipe = recipe();
    at(point, () -> proxy.refuse(true));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("database");
    proxy.refuse(false);
    assertGoesOn(recipe);
  }

  @Test
  void aServerThatAnswersNoMore_isNoticed_andTheRunEndsResumable() throws Exception {
    lab.leaseSeconds = 1;
    Recipe recipe = recipe();
    at(CrashPoints.Point.RUNS_RECORDED, () -> proxy.swallow(true));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue());
    proxy.swallow(false);
    proxy.cut();
    assertGoesOn(recipe);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerThatIsRestartedInMidRun_isWaitedFor_andNothingThatItConfirmedIsLost(boolean killed)
      throws Exception {
    lab.leaseSeconds = 30;
    Recipe recipe = recipe();
    CountDownLatch down = new CountDownLatch(1);
    at(
        CrashPoints.Point.RUNS_RECORDED,
        () -> {
          if (killed) {
            server.kill();
          } else {
            server.stop();
          }
          down.countDown();
        });
    try (var operator = Executors.newSingleThreadExecutor()) {
      Future<?> restart =
          operator.submit(() -> {
            down.await();
            server.start();
            return null;
          });
      lab.assertPublished(lab.run(recipe), FILES);
      restart.get();
    }
  }
}
