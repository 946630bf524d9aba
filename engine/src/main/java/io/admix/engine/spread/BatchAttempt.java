package io.admix.engine.spread;

import io.admix.engine.run.EntryResult;
import io.admix.engine.run.RunSite;
import io.admix.files.CopyProgress;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.PlacingStoppedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One attempt at a batch, on an executor. Whatever other attempts at the same batch do at the same
 * time, all end with the same files; each has receipts of its own, of which one counts.
 */
public final class BatchAttempt {
  private final SpreadTask task;
  private final long batch;
  private final String attempt;
  private final FileAccess access;
  private final BatchFolders folders;
  private final BeatWatch beat;

  /**
   * @param executor by which {@link Cluster#isGone} knows it; a safe name
   * @param unique among all attempts of the cluster
   * @param isGivenUp whether the cluster wants no more of it
   */
  public BatchAttempt(
      SpreadTask task,
      long batch,
      String executor,
      String unique,
      FileAccess access,
      BooleanSupplier isGivenUp) {
    this.task = task;
    this.batch = batch;
    this.attempt = executor + "~" + unique;
    this.access = access;
    this.folders = new BatchFolders(Path.of(task.folder()));
    this.beat = new BeatWatch(folders.beat(), task.leaseNanos(), isGivenUp, System::nanoTime);
  }

  static String executorOf(String attempt) {
    return attempt.substring(0, attempt.lastIndexOf('~'));
  }

  /**
   * Places the batch.
   *
   * @throws IOException when this attempt counts for nothing; another may follow
   */
  public BatchResult run() throws IOException {
    if (!Files.isDirectory(folders.root())) {
      return stopped(
          null,
          "The folder %s, through which executors and the driver tell each other what is to be done and what was, is not there on the executor %s. Mount it there under the same path, or name one that all of them share (--work), then resume."
              .formatted(folders.root(), host()),
          true);
    }
    try {
      return begun();
    } catch (AccessDeniedException e) {
      return stopped(
          null,
          "On the executor %s the user %s may not reach %s, through which executors and the driver tell each other what is to be done and what was. Run executors as the driver's user, or name a folder that both may write to (--work), then resume."
              .formatted(host(), System.getProperty("user.name"), e.getMessage()),
          true);
    }
  }

  private BatchResult begun() throws IOException {
    folders.begin(batch, attempt);
    try {
      CopyProgress.tell(bytes -> beat.check());
      return place();
    } catch (BeatWatch.EndedException e) {
      throw new IOException("attempt " + attempt + " ended: " + e.getMessage(), e);
    } finally {
      CopyProgress.end();
      folders.end(batch, attempt);
    }
  }

  private BatchResult place() throws IOException {
    try (BatchPlan.Reader plan =
            new BatchPlan.Reader(folders.batch(batch).resolve(BatchFolders.PLAN));
        RunSite site = RunSite.open(access, task.facts(), beat::check)) {
      return place(plan, site);
    } catch (RunSite.MountMissingException e) {
      return stopped(
          null,
          "On the executor %s: %s Is a mount missing there? Executors need the folders of sources and target under the same paths as the driver. Mend it, then resume; what was placed stays."
              .formatted(host(), e.getMessage()),
          true);
    }
  }

  private BatchResult place(BatchPlan.Reader plan, RunSite site) throws IOException {
    String name = "receipts-" + attempt + ".parquet";
    Path part = folders.batch(batch).resolve(name + ".part");
    String stop = null;
    boolean resumable = true;
    try (BatchReceipts.Writer receipts = new BatchReceipts.Writer(part)) {
      try {
        BatchPlan.Run run = plan.next();
        while (!run.entries().isEmpty() && !site.isFailing()) {
          List<EntryResult> results = site.place(run.number(), run.entries());
          receipts.add(run.number(), results);
          run = plan.next();
        }
      } catch (PlacingStoppedException e) {
        stop = "On the executor %s: %s".formatted(host(), e.getMessage());
        resumable = e.isResumable();
      }
      makeDurable(site);
      receipts.finish();
    }
    beat.check();
    publish(part, folders.batch(batch).resolve(name));
    return new BatchResult(batch, attempt, name, stop, resumable);
  }

  /** Of its own machine the process that has the task makes all durable at once, in the end. */
  private void makeDurable(RunSite site) throws Fault {
    if (!task.facts().isSameBoot()) {
      site.makeDurable();
    }
  }

  private static void publish(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new IOException("another attempt was faster", e);
    }
  }

  private BatchResult stopped(
      @org.jspecify.annotations.Nullable String receipts, String why, boolean resumable) {
    return new BatchResult(batch, attempt, receipts, why, resumable);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
