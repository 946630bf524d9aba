package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.CatalogException;
import io.admix.engine.ConflictException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that read folders: bounded, told, cancelled, forgotten. */
class ScanJobsTest {
  private volatile Instant now = Instant.parse("2025-01-01T00:00:00Z");
  private final ScanJobs jobs = new ScanJobs(() -> now);

  @AfterEach
  void close() {
    jobs.close();
  }

  private ScanJob start(String owner, String dataset, ScanJobs.Work work) throws Exception {
    return jobs.start(owner, dataset, ScanJob.Kind.REGISTER, work);
  }

  /** Waits until it is interrupted. */
  private static DatasetService.Added endless(DatasetService.Progress progress)
      throws InterruptedException {
    progress.at(Step.SCAN, 7, -1);
    new CountDownLatch(1).await();
    throw new AssertionError("nobody counts down");
  }

  private ScanJob ended(ScanJob job) {
    return await()
        .until(() -> jobs.find(owner -> true, job.id()).orElseThrow(), j -> j.endedAt() != null);
  }

  @Test
  void aJobTellsHowFarItIs_andIsCancelledOnDemand() throws Exception {
    ScanJob job = start("alice", "d", ScanJobsTest::endless);
    assertThat(job.state()).isEqualTo(ScanJob.State.RUNNING);
    ScanJob running =
        await()
            .until(() -> jobs.find("alice"::equals, job.id()).orElseThrow(), j -> j.files() == 7);
    assertThat(running.step()).isEqualTo(Step.SCAN);
    assertThat(running.total()).isEqualTo(-1);
    assertThat(jobs.find("bob"::equals, job.id())).isEmpty();
    assertThat(jobs.cancel("bob"::equals, job.id())).isEmpty();
    assertThat(jobs.cancel("alice"::equals, job.id())).isPresent();
    assertThat(ended(job))
        .satisfies(j -> {
          assertThat(j.state()).isEqualTo(ScanJob.State.CANCELLED);
          assertThat(j.problems()).isEmpty();
        });
    assertThat(jobs.cancel("alice"::equals, job.id()))
        .as("one that ended stays as it is")
        .map(ScanJob::state)
        .contains(ScanJob.State.CANCELLED);
  }

  @Test
  void whyAJobFailedIsTold_butNotWhatIsInside() throws Exception {
    ScanJob refused =
        ended(
            start(
                "a",
                "d1",
                progress -> {
                  throw new RefusedException(List.of("One.", "Two."));
                }));
    assertThat(refused.state()).isEqualTo(ScanJob.State.FAILED);
    assertThat(refused.problems()).containsExactly("One.", "Two.");
    ScanJob away =
        ended(
            start(
                "a",
                "d2",
                progress -> {
                  throw new CatalogException("The database is away.");
                }));
    assertThat(away.problems()).containsExactly("The database is away.");
    ScanJob fault =
        ended(
            start(
                "a",
                "d3",
                progress -> {
                  throw new IllegalStateException("secret");
                }));
    assertThat(fault.state()).isEqualTo(ScanJob.State.FAILED);
    assertThat(fault.problems()).singleElement().asString().doesNotContain("secret");
  }

  @Test
  void aFewRunAtATime_andOneOwnerLeavesRoomForOthers() throws Exception {
    start("alice", "d1", ScanJobsTest::endless);
    assertThatThrownBy(() -> start("alice", "d1", ScanJobsTest::endless))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("is being read already");
    ScanJob second = start("alice", "d2", ScanJobsTest::endless);
    assertThatThrownBy(() -> start("alice", "d3", ScanJobsTest::endless))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("2 of them yours");
    start("bob", "d1", ScanJobsTest::endless);
    start("carol", "d1", ScanJobsTest::endless);
    assertThatThrownBy(() -> start("dave", "d1", ScanJobsTest::endless))
        .isInstanceOf(ConflictException.class);
    jobs.cancel("alice"::equals, second.id());
    ended(second);
    start("dave", "d1", ScanJobsTest::endless);
  }

  @Test
  void whatEndedIsKnownForAnHour_theNewestFirst() throws Exception {
    ScanJob first = ended(start("alice", "d1", progress -> failing()));
    now = now.plusSeconds(1);
    ScanJob second = ended(start("alice", "d2", progress -> failing()));
    assertThat(jobs.list("alice"::equals))
        .extracting(ScanJob::id)
        .containsExactly(second.id(), first.id());
    assertThat(jobs.list("bob"::equals)).isEmpty();
    now = now.plus(Duration.ofHours(1));
    assertThat(jobs.find("alice"::equals, first.id())).isEmpty();
    assertThat(jobs.find("alice"::equals, second.id())).isPresent();
  }

  private static DatasetService.Added failing() throws RefusedException {
    throw new RefusedException("No.");
  }

  @Test
  void closingStopsWhatRuns() throws Exception {
    ScanJob job = start("alice", "d", ScanJobsTest::endless);
    jobs.close();
    assertThat(jobs.find("alice"::equals, job.id()))
        .map(ScanJob::state)
        .contains(ScanJob.State.CANCELLED);
    assertThatThrownBy(() -> start("alice", "d", ScanJobsTest::endless))
        .hasMessageContaining("stopping");
  }
}
