package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.dataset.SharedDatasets;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Folders that are read in the background. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/scans", produces = MediaTypes.JSON)
final class ScansController {
  private final SharedDatasets datasets;

  ScansController(Admix admix) {
    this.datasets = admix.sharedDatasets();
  }

  @GetMapping
  ResponseEntity<byte[]> list(Actor actor, HttpServletRequest request) {
    Parameters parameters = Parameters.of(request, "page", "pageSize");
    PageRequest page = parameters.page();
    parameters.check();
    return Paging.answer(request, "scans", page, datasets.scans(actor, page), DatasetAnswers::scan);
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    Parameters.of(request).check();
    return Answers.tagged(
        DatasetAnswers.scan(
            datasets
                .scan(actor, id)
                .orElseThrow(() ->
                    new NotThereException(
                        "There is no such scan; one that ended is known for an hour."))));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> cancel(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    Parameters.of(request).check();
    return Answers.ok(DatasetAnswers.scan(datasets.cancelScan(actor, id)));
  }
}
