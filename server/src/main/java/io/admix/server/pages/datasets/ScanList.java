package io.admix.server.pages.datasets;

import io.admix.engine.dataset.ScanJob;
import java.util.List;

/**
 * Folders that are being read, and those that were lately.
 *
 * @param dataset only those of this name; "" for all
 */
public record ScanList(String dataset, List<ScanJob> jobs) {

  /** Whether any is still read. */
  public boolean isRunning() {
    return jobs.stream().anyMatch(job -> job.state() == ScanJob.State.RUNNING);
  }

  /** How many are still read. */
  public long running() {
    return jobs.stream().filter(job -> job.state() == ScanJob.State.RUNNING).count();
  }

  /** Where the same list is as it is now. */
  public String address() {
    return "/datasets/scans?dataset=%s&running=%d".formatted(Answers.query(dataset), running());
  }
}
