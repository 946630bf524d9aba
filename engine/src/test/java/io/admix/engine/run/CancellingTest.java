package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.LeaseLostException;
import io.admix.catalog.Task;
import io.admix.core.recipe.Recipe;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cleaning after a cancelled task that nobody runs, which may itself die or be replaced. */
class CancellingTest {
  private static final int FILES = 20;

  @TempDir Path folder;
  private Lab lab;
  private Recipe recipe;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    recipe = lab.recipe(lab.source("a", FILES, FILES));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private FaultLayer faulty() {
    FaultLayer files = new FaultLayer(FileAccess.portable());
    lab.access = new CountingAccess(files);
    return files;
  }

  /** A mix of which everything is placed, and that nobody runs. */
  private Task failed() {
    faulty().failAlways(Operation.SYNC_VOLUME, Errno.EIO);
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    Task task = lab.task();
    assertThat(task.status()).isEqualTo(Task.Status.FAILED);
    assertThat(task.resumable()).isTrue();
    return task;
  }

  @Test
  void aCancelThatIsKilledWhileItCleans_isGoneOnWith_andNothingIsPublished() throws Exception {
    Task task = failed();
    AtomicInteger deleted = new AtomicInteger();
    faulty()
        .around(
            Operation.DELETE_FILE,
            (call, act) -> {
              if (deleted.incrementAndGet() > 3) {
                throw new Lab.Crash(CrashPoints.Point.ALL_PLACED);
              }
              act.run();
            });
    assertThatThrownBy(() -> lab.mixes().cancel(task.id())).isInstanceOf(Lab.Crash.class);
    assertThat(Lab.files(lab.staging(task))).hasSize(FILES - 3);

    faulty();
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskInterruptedException.class,
            e -> assertThat(e.reason()).isEqualTo(TaskInterruptedException.Cause.CANCELLED));
    assertThat(lab.target()).doesNotExist();
    assertThat(lab.catalog.tasks().byId(task.id()).orElseThrow().status())
        .isEqualTo(Task.Status.CANCELLED);
    lab.assertNoStaging();
  }

  @Test
  void aPublishThatFailed_andWhoseCancelIsKilled_isNotPublishedInPart() throws Exception {
    MixService dying = lab.dyingAt(CrashPoints.Point.PUBLISHING_STARTED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Task task = lab.task();
    assertThat(lab.sql("UPDATE {admix}tasks SET status = 'FAILED', runner = NULL")).isEqualTo(1);
    faulty()
        .around(
            Operation.DELETE_FOLDER,
            (call, act) -> {
              throw new Lab.Crash(CrashPoints.Point.ALL_PLACED);
            });
    assertThatThrownBy(() -> lab.mixes().cancel(task.id())).isInstanceOf(Lab.Crash.class);
    assertThat(Lab.files(lab.staging(task))).hasSizeLessThan(FILES);

    faulty();
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("Nothing was published");
    assertThat(lab.target()).doesNotExist();
    assertThat(lab.mixes().cancel(task.id()).task().status()).isEqualTo(Task.Status.CANCELLED);
    lab.assertNoStaging();
  }

  @Test
  void aCancelThatLosesTheTaskWhileItCleans_deletesNothingMore() throws Exception {
    Task task = failed();
    lab.leaseSeconds = 2;
    // The second refusal tells that the first one has been taken to heart.
    CountDownLatch lost = new CountDownLatch(2);
    Catalog seeing =
        FaultyCatalog.of(
            lab.catalog,
            (method, step) -> {
              try {
                return step.take();
              } catch (LeaseLostException e) {
                lost.countDown();
                throw e;
              }
            });
    AtomicInteger deleted = new AtomicInteger();
    faulty()
        .around(
            Operation.DELETE_FILE,
            (call, act) -> {
              act.run();
              if (deleted.incrementAndGet() == 1) {
                takeOver(task);
                awaited(lost);
              }
            });
    Cancelled cancelled = lab.mixesOver(seeing).cancel(task.id());

    assertThat(cancelled.task().status()).isEqualTo(Task.Status.RUNNING);
    assertThat(cancelled.task().cancelRequested()).isTrue();
    assertThat(deleted.get()).isLessThanOrEqualTo(1);
    assertThat(Lab.files(lab.staging(task))).hasSizeGreaterThanOrEqualTo(FILES - 1);
  }

  private void takeOver(Task task) {
    try {
      assertThat(
              lab.sql(
                  "UPDATE {admix}tasks SET fence = fence + 1, runner = 'another', lease_until = lease_until + 60000000 WHERE id = '%s'"
                      .formatted(task.id())))
          .isEqualTo(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
