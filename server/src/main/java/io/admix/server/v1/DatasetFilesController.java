package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.lineage.LineageGraph;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.node.JsonNodeFactory;

/** The files of a dataset: looked at, counted, listed as published, traced back. */
@RestController
@RequestMapping(Addresses.ROOT + "/datasets/{id}")
final class DatasetFilesController {
  private final SharedDatasets datasets;
  private final LineageGraph lineage;
  private final LongReads longReads;

  DatasetFilesController(Admix admix, LongReads longReads) {
    this.longReads = longReads;
    this.datasets = admix.sharedDatasets();
    this.lineage = admix.lineage();
  }

  @GetMapping(path = "/files", produces = MediaTypes.JSON)
  ResponseEntity<byte[]> files(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws RefusedException {
    Parameters parameters = Parameters.of(request, "after", "size");
    String after = parameters.text("after");
    int size = parameters.whole("size", Parameters.PAGE_SIZE, 1, SharedDatasets.FILES_MOST);
    parameters.check();
    return Answers.ok(DatasetAnswers.files(datasets.files(actor, id, after, size)));
  }

  @GetMapping(path = "/matches", produces = MediaTypes.JSON)
  ResponseEntity<byte[]> matches(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws InterruptedException, RefusedException {
    Parameters parameters = Parameters.of(request, FilterParameters.NAMES);
    Filter filter = FilterParameters.read(parameters);
    parameters.check();
    Matching matching =
        longReads.<Matching, RefusedException>read(() -> datasets.matching(actor, id, filter));
    return Answers.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("files", matching.files())
            .put("bytes", matching.bytes()));
  }

  @GetMapping(path = "/origin", produces = MediaTypes.JSON)
  ResponseEntity<byte[]> origin(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    Parameters parameters = Parameters.of(request, "path");
    String path = parameters.required("path", "which file, by its path below the dataset's folder");
    parameters.check();
    return Answers.tagged(
        DatasetAnswers.origin(
            longReads
                .read(() -> lineage.originOf(actor, id, path))
                .orElseThrow(() -> new NotThereException("The dataset has no such file."))));
  }

  /**
   * The manifest as it was published: it never changes while the dataset is there, so the dataset
   * tags it.
   */
  @GetMapping(
      path = "/manifest",
      produces = {MediaTypes.NDJSON, MediaTypes.JSONL})
  void manifest(
      Actor actor,
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, RefusedException {
    Parameters.of(request).check();
    Dataset dataset = datasets.find(actor, id);
    String tag = '"' + dataset.id() + '"';
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (new ServletWebRequest(request, response).checkNotModified(tag)) {
      return;
    }
    response.setContentType(MediaTypes.accepted(request, MediaTypes.NDJSON, MediaTypes.JSONL));
    datasets.manifest(actor, dataset.id(), response.getOutputStream());
    response.flushBuffer();
  }
}
