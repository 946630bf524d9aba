package io.admix.engine.dataset;

import io.admix.catalog.CatalogException;
import io.admix.catalog.Ids;
import io.admix.engine.ConflictException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.Added;
import io.admix.engine.dataset.DatasetService.Progress;
import io.admix.files.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that are read in the background, a few at a time, and those that were lately. They live
 * in memory: what a killed process was reading is not there, and its draft is removed by the next
 * registration. Safe for use by many threads.
 */
final class ScanJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScanJobs.class);

  /** Reading a folder loads the disk: more at a time end no sooner. */
  static final int RUNNING_MOST = 4;

  /** So that nobody keeps all the others from it. */
  static final int RUNNING_MOST_OF_OWNER = 2;

  static final Duration KEPT = Duration.ofHours(1);
  private static final int KEPT_MOST = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private boolean isClosed;

  ScanJobs(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @throws ConflictException when the dataset is being read already, or too many are
   */
  synchronized ScanJob start(String owner, String dataset, ScanJob.Kind kind, Work work)
      throws ConflictException {
    forgetOld();
    refuseTooMany(owner, dataset);
    Job job = new Job(owner, dataset, kind, work);
    // One that cannot start is no job: nobody would ever end it.
    job.thread.start();
    jobs.put(job.id, job);
    return job.now();
  }

  private void refuseTooMany(String owner, String dataset) throws ConflictException {
    if (isClosed) {
      throw new ConflictException("The service is stopping: nothing was begun.");
    }
    List<Job> running = jobs.values().stream().filter(Job::isRunning).toList();
    for (Job job : running) {
      if (job.owner.equals(owner) && job.dataset.equals(dataset)) {
        throw new ConflictException(
            "The dataset %s is being read already (%s): wait for that, or cancel it. Nothing was begun."
                .formatted(dataset, job.id));
      }
    }
    long own = running.stream().filter(job -> job.owner.equals(owner)).count();
    if (running.size() >= RUNNING_MOST || own >= RUNNING_MOST_OF_OWNER) {
      throw new ConflictException(
          "%d folders are being read, %d of them yours, and at most %d and %d are at a time: try again when one is done. Nothing was begun."
              .formatted(running.size(), own, RUNNING_MOST, RUNNING_MOST_OF_OWNER));
    }
  }

  synchronized Optional<ScanJob> find(Predicate<String> ofOwner, String id) {
    forgetOld();
    return Optional.ofNullable(jobs.get(id)).filter(job -> ofOwner.test(job.owner)).map(Job::now);
  }

  /** The newest first. */
  synchronized List<ScanJob> list(Predicate<String> ofOwner) {
    forgetOld();
    List<ScanJob> found = new ArrayList<>();
    for (Job job : jobs.values()) {
      if (ofOwner.test(job.owner)) {
        found.addFirst(job.now());
      }
    }
    return found;
  }

  /** Asks a job to stop. */
  synchronized Optional<ScanJob> cancel(Predicate<String> ofOwner, String id) {
    Job job = jobs.get(id);
    if (job == null || !ofOwner.test(job.owner)) {
      return Optional.empty();
    }
    job.cancel();
    return Optional.of(job.now());
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(KEPT);
    jobs.values().removeIf(job -> job.endedBefore(oldest));
    int tooMany = jobs.size() - KEPT_MOST;
    if (tooMany > 0) {
      jobs.values().stream()
          .filter(job -> !job.isRunning())
          .limit(tooMany)
          .toList()
          .forEach(job -> jobs.remove(job.id));
    }
  }

  @Override
  public void close() {
    List<Job> running;
    synchronized (this) {
      isClosed = true;
      running = jobs.values().stream().filter(Job::isRunning).toList();
      running.forEach(Job::cancel);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Job job : running) {
      job.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  /** Reads one folder. */
  @FunctionalInterface
  interface Work {
    Added run(Progress progress) throws IOException, InterruptedException, RefusedException;
  }

  /** How far it came. */
  private record At(DatasetService.@Nullable Step step, long files, long total) {}

  /** How it ended. */
  private record End(
      ScanJob.State state, List<String> problems, @Nullable Added result, Instant at) {}

  private final class Job {
    private final String id = Ids.next();
    private final String owner;
    private final String dataset;
    private final ScanJob.Kind kind;
    private final Work work;
    private final Instant startedAt = clock.instant();
    private final Thread thread;
    private volatile At at = new At(null, 0, -1);
    private @Nullable End end;
    private boolean isCancelled;

    Job(String owner, String dataset, ScanJob.Kind kind, Work work) {
      this.owner = owner;
      this.dataset = dataset;
      this.kind = kind;
      this.work = work;
      this.thread = Thread.ofPlatform().name("admix-register-" + id).daemon().unstarted(this::run);
    }

    private void run() {
      try {
        Added added = work.run((step, files, total) -> at = new At(step, files, total));
        end(ScanJob.State.DONE, List.of(), added);
      } catch (RefusedException e) {
        end(ScanJob.State.FAILED, e.problems(), null);
      } catch (CatalogException | Fault e) {
        LOG.warn("The dataset {} could not be read", dataset, e);
        end(ScanJob.State.FAILED, List.of(String.valueOf(e.getMessage())), null);
      } catch (Throwable e) {
        if (!isCancelled()) {
          LOG.error("Reading the dataset {} ended by a fault ({})", dataset, id, e);
        }
        end(
            ScanJob.State.FAILED,
            List.of(
                "It ended by a fault of the service, whose log tells more (%s). Nothing was registered."
                    .formatted(id)),
            null);
      }
    }

    /** What was asked to stop and did not get through is cancelled, however it came to its end. */
    private synchronized void end(
        ScanJob.State state, List<String> problems, @Nullable Added result) {
      boolean isStopped = isCancelled && state != ScanJob.State.DONE;
      end =
          new End(
              isStopped ? ScanJob.State.CANCELLED : state,
              isStopped ? List.of() : problems,
              result,
              clock.instant());
    }

    synchronized boolean isRunning() {
      return end == null;
    }

    private synchronized boolean isCancelled() {
      return isCancelled;
    }

    synchronized boolean endedBefore(Instant time) {
      return end != null && end.at.isBefore(time);
    }

    /** Interrupts once: the cleaning up after it is not to be interrupted again. */
    synchronized void cancel() {
      if (end == null && !isCancelled) {
        isCancelled = true;
        thread.interrupt();
      }
    }

    synchronized ScanJob now() {
      At far = at;
      return new ScanJob(
          id,
          owner,
          dataset,
          kind,
          end == null ? ScanJob.State.RUNNING : end.state,
          far.step,
          far.files,
          far.total,
          end == null ? List.of() : end.problems,
          end == null ? null : end.result,
          startedAt,
          end == null ? null : end.at);
    }

    void await(Duration most) {
      try {
        if (!thread.join(most)) {
          LOG.warn("Reading the dataset {} does not stop; it ends with the process", dataset);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
