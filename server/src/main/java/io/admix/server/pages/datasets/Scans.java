package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.engine.Admix;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which readings of folders pages tell of. */
@Component
final class Scans {
  /** One that has ended is news for so long. */
  private static final Duration NEWS = Duration.ofMinutes(2);

  private static final int MOST = 5;

  private final SharedDatasets datasets;

  Scans(Admix admix) {
    this.datasets = admix.sharedDatasets();
  }

  /**
   * Those that run and those that ended just now, the newest first and of each dataset the newest.
   *
   * @param dataset only those of this name; "" for all
   */
  ScanList of(Actor caller, String dataset) {
    Instant oldest = Instant.now().minus(NEWS);
    return new ScanList(
        dataset,
        datasets.scans(caller, new PageRequest(1, PageRequest.SIZE_MAX)).items().stream()
            .filter(job -> dataset.isEmpty() || job.dataset().equals(dataset))
            .filter(job -> isNews(job, oldest))
            .collect(
                Collectors.toMap(
                    ScanJob::dataset, job -> job, (newer, older) -> newer, LinkedHashMap::new))
            .values()
            .stream()
            .limit(MOST)
            .toList());
  }

  /**
   * The same list right after one has begun: with it as it was then, so that the page asks again
   * and is told when it has ended.
   */
  ScanList begun(Actor caller, String dataset, ScanJob job) {
    return new ScanList(
        dataset,
        of(caller, dataset).jobs().stream()
            .map(known -> known.id().equals(job.id()) ? job : known)
            .toList());
  }

  private static boolean isNews(ScanJob job, Instant oldest) {
    Instant ended = job.endedAt();
    return ended == null || ended.isAfter(oldest);
  }
}
