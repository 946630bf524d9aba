package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Folders that are being read. */
@RestController
final class ScansPages {
  private final SharedDatasets datasets;
  private final Scans scans;
  private final Pages pages;

  ScansPages(Admix admix, Scans scans, Pages pages) {
    this.datasets = admix.sharedDatasets();
    this.scans = scans;
    this.pages = pages;
  }

  /**
   * The part of a page that tells of them.
   *
   * @param running how many ran when the page asked last
   */
  @GetMapping("/datasets/scans")
  ResponseEntity<byte[]> list(
      Actor caller,
      @RequestParam(defaultValue = "") String dataset,
      @RequestParam(defaultValue = "0") String running,
      HttpServletRequest request) {
    ScanList model = scans.of(caller, dataset);
    ResponseEntity<byte[]> answer = pages.show("datasets/scans.jte", visit(request), model);
    boolean hasEnded = !running.equals("0") && Answers.page(running) > model.running();
    return hasEnded ? Answers.read(answer) : answer;
  }

  /** The page of one that registers a folder. */
  @GetMapping("/datasets/scans/{id}")
  ResponseEntity<byte[]> show(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    return pages.show("datasets/scan.jte", visit(request), job(caller, id));
  }

  /** What changes on that page: how far it is, or everything once it has ended. */
  @GetMapping("/datasets/scans/{id}/now")
  ResponseEntity<byte[]> now(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    ScanJob job = job(caller, id);
    if (job.state() == ScanJob.State.RUNNING) {
      return pages.show("datasets/scan-part.jte", visit(request), job);
    }
    ResponseEntity<byte[]> end = pages.show("datasets/scan-now.jte", visit(request), job);
    return ResponseEntity.status(end.getStatusCode())
        .headers(end.getHeaders())
        .header("HX-Retarget", "#scan")
        .body(end.getBody());
  }

  @PostMapping("/datasets/scans/{id}/cancel")
  ResponseEntity<byte[]> cancel(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    return pages.show("datasets/scan-now.jte", visit(request), datasets.cancelScan(caller, id));
  }

  private ScanJob job(Actor caller, String id) throws NotThereException {
    return datasets
        .scan(caller, id)
        .orElseThrow(() ->
            new NotThereException(
                "There is no such reading; one that ended is known for an hour."));
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.DATASETS, "datasets.scan.title");
  }
}
