package io.admix.engine.run;

import io.admix.catalog.CatalogException;
import io.admix.catalog.LeaseLostException;
import io.admix.catalog.Task;
import io.admix.engine.report.FailureReport;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a task back that did not come to its end: as PENDING, FAILED or CANCELLED, with what was
 * left behind.
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private final Running running;

  Ending(Running running) {
    this.running = running;
  }

  String howToGoOn() {
    return "go on with the same command, or with: admix task resume " + running.id();
  }

  /**
   * The exception that tells why the task stopped; its state is stored first. Whatever went wrong
   * in a runner that was replaced is no failure of the task.
   */
  RuntimeException halted(Halt.Reason reason, List<FailureReport> failures)
      throws TaskFailedException, TaskInterruptedException {
    try {
      running.requireLease();
      return settled(reason, failures);
    } catch (LeaseLostException e) {
      throw leaseLost("another runner took it over");
    } catch (HaltedException e) {
      throw leaseOver(reason, e.reason(), failures);
    }
  }

  /**
   * A lease that could not be confirmed is not lost until another took the task; with a database
   * that is away nobody can. Nothing is given back: this runner may not be sure of it.
   */
  private TaskFailedException leaseOver(
      Halt.Reason reason, Halt.Reason lease, List<FailureReport> failures)
      throws TaskInterruptedException {
    if (isAnothers()) {
      throw leaseLost(lease.message());
    }
    String message =
        reason.kind() == Halt.Kind.FAILED
            ? reason.message() + " Besides, " + lease.message()
            : "Stopped, nothing more was placed or recorded: " + lease.message();
    return new TaskFailedException(
        running.id(), message + ". See: admix task show " + running.id(), true, placed(), failures);
  }

  private boolean isAnothers() {
    try {
      Task task = now();
      Task.Runner runner = task.runner();
      return task.status() != Task.Status.RUNNING
          || runner == null
          || !runner.identity().equals(running.lease().runner());
    } catch (CatalogException e) {
      LOG.debug("Task {} could not be read", running.id(), e);
      return false;
    }
  }

  private RuntimeException settled(Halt.Reason reason, List<FailureReport> failures)
      throws TaskFailedException, TaskInterruptedException {
    switch (reason.kind()) {
      case STOPPED -> {
        stopped();
        throw new TaskInterruptedException(
            running.id(),
            TaskInterruptedException.Cause.STOPPED,
            "Stopped; what was placed and recorded stays: " + howToGoOn());
      }
      case CANCELLED -> {
        String kept = cancelled();
        throw new TaskInterruptedException(
            running.id(),
            TaskInterruptedException.Cause.CANCELLED,
            ("Cancelled; what the plan made was removed. " + kept).strip());
      }
      case LEASE_LOST -> throw new HaltedException(reason);
      case FAILED -> {
        Halt.Reason told = failed(reason.resumable(), reason.message());
        throw new TaskFailedException(
            running.id(), told.message(), told.resumable(), placed(), failures);
      }
    }
    throw new IllegalStateException("no such reason: " + reason);
  }

  void stopped() {
    release(Task.Status.PENDING, true, "");
  }

  /**
   * A failure that is not resumable frees name and target: what was made is removed before.
   *
   * @return the failure with what stayed; resumable after all when not everything could be removed
   */
  Halt.Reason failed(boolean resumable, String message) {
    String told = message;
    boolean ends = !resumable;
    if (ends) {
      try {
        String kept = cleaned();
        told = kept.isEmpty() ? message : message + " " + kept;
      } catch (LeaseLostException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        LOG.warn("Task {} could not be cleaned: {}", running.id(), e.getMessage());
        told =
            message
                + " Cleaning failed ("
                + TaskRunner.words(e)
                + "): cancel the task to try it again.";
        ends = false;
      }
    }
    release(Task.Status.FAILED, !ends, told);
    if (ends) {
      removeState();
    }
    return new Halt.Reason(Halt.Kind.FAILED, !ends, told);
  }

  /** Whoever cleans must hold the task: the renewal is fenced. */
  private String cleaned() throws IOException {
    running.tasks().renew(running.lease(), running.services().leaseLength());
    return cleaner().clean(now());
  }

  /** What is left of the state folder harms nobody. */
  private void removeState() {
    try {
      running.services().state().remove(running.id());
    } catch (IOException e) {
      LOG.warn("The state of task {} could not be removed: {}", running.id(), e.getMessage());
    }
  }

  private String cancelled() throws TaskFailedException {
    try {
      String kept = cleaned();
      running.tasks().cancelled(running.lease());
      removeState();
      return kept;
    } catch (LeaseLostException e) {
      throw e;
    } catch (IOException | HaltedException | CatalogException e) {
      rethrowLost(e);
      String message =
          "Cancelled, but not everything could be removed: %s. Cancel again to go on."
              .formatted(TaskRunner.words(e));
      release(Task.Status.FAILED, true, message);
      throw new TaskFailedException(running.id(), message, true, placed(), List.of());
    }
  }

  /** The cancel stays asked for: whoever takes the task over cleans. */
  private static void rethrowLost(Exception e) {
    if (e instanceof HaltedException halted && halted.isLeaseLost()) {
      throw halted;
    }
  }

  /** Nothing is given back: it may belong to another by now. */
  TaskInterruptedException leaseLost(String why) {
    return new TaskInterruptedException(
        running.id(),
        TaskInterruptedException.Cause.LEASE_LOST,
        "This process lost the task and placed, recorded and published nothing more: %s. %s"
            .formatted(why, whatBecameOfIt()));
  }

  private String whatBecameOfIt() {
    Task task;
    try {
      task = now();
    } catch (CatalogException e) {
      return "What became of it, the catalogue cannot say just now: admix task show "
          + running.id();
    }
    Task.Runner runner = task.runner();
    return switch (task.status()) {
      case COMPLETED ->
          "Another process finished it: '%s' is published at %s."
              .formatted(task.name(), task.targetPath());
      case RUNNING ->
          runner != null && !runner.identity().equals(running.lease().runner())
              ? "It goes on in %s; wait for it with: admix task wait %s"
                  .formatted(RunnerIdentity.inWords(runner.identity()), task.id())
              : "Nobody runs it now. Go on: admix task resume " + task.id();
      case PENDING -> "Nobody runs it now. Go on: admix task resume " + task.id();
      case FAILED, CANCELLED ->
          "It is %s now. See: admix task show %s".formatted(task.status(), task.id());
    };
  }

  /** What the catalogue cannot say now is told by {@code admix task show} later. */
  private long placed() {
    try {
      return now().files();
    } catch (CatalogException e) {
      LOG.debug("Task {} could not be read", running.id(), e);
      return running.task().files();
    }
  }

  private Cleaner cleaner() {
    return new Cleaner(running.services(), running::requireLease);
  }

  /** The staging identity may have been committed after the task was read. */
  private Task now() {
    return running.tasks().byId(running.id()).orElse(running.task());
  }

  private void release(Task.Status status, boolean resumable, String message) {
    try {
      running.tasks().release(running.lease(), status, resumable, message);
    } catch (LeaseLostException e) {
      throw e;
    } catch (CatalogException e) {
      LOG.warn(
          "Task {} could not be given back, its lease ends by itself: {}",
          running.id(),
          e.getMessage());
    }
  }
}
