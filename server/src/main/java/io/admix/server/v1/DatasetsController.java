package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.PageRequest;
import io.admix.core.name.ObjectAddress;
import io.admix.engine.Admix;
import io.admix.engine.FieldsException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.place.Place;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Datasets: listed, registered, shown, read again, removed. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/datasets", produces = MediaTypes.JSON)
final class DatasetsController {
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4_096;

  private final SharedDatasets datasets;
  private final LongReads longReads;

  DatasetsController(Admix admix, LongReads longReads) {
    this.datasets = admix.sharedDatasets();
    this.longReads = longReads;
  }

  @GetMapping
  ResponseEntity<byte[]> list(Actor actor, HttpServletRequest request) {
    Parameters parameters =
        Parameters.of(request, "name", "keyword", "type", "order", "page", "pageSize");
    PageRequest page = parameters.page();
    FileKind type = parameters.word("type", FileKind.class);
    DatasetQuery.Order order = parameters.word("order", DatasetQuery.Order.class);
    DatasetQuery query =
        new DatasetQuery(
            parameters.text("name"),
            parameters.text("keyword"),
            type == null ? null : type.name(),
            "ACTIVE",
            order == null ? DatasetQuery.Order.NAME : order,
            page);
    parameters.check();
    return Paging.answer(
        request, "datasets", page, datasets.list(actor, query), DatasetAnswers::dataset);
  }

  @PostMapping(consumes = MediaTypes.JSON)
  ResponseEntity<byte[]> register(Actor actor, HttpServletRequest request)
      throws IOException, RefusedException {
    Parameters.of(request).check();
    JsonBody body =
        JsonBody.of(Bodies.text(request), "name", "path", "type", "labelsFromFolders", "checksum");
    String name = body.required("name", NAME_MAX, "the name by which recipes call the dataset");
    Place folder = folder(body);
    String type = type(body);
    boolean hasLabels = body.flag("labelsFromFolders");
    boolean hasChecksums = body.flag("checksum");
    body.check();
    DatasetService.AddRequest wanted =
        new DatasetService.AddRequest(
            name,
            folder,
            type,
            null,
            hasLabels ? FolderLabels.FIRST_FOLDER : FolderLabels.NONE,
            hasChecksums ? Checksums.SHA256 : Checksums.NONE);
    try {
      return begun(datasets.register(actor, wanted));
    } catch (FieldsException e) {
      throw new ProblemException(ProblemType.INVALID_BODY, asSent(e));
    }
  }

  /** The engine's {@code folder} is {@code path} here. */
  private static List<FieldError> asSent(FieldsException wrong) {
    return wrong.fields().stream()
        .map(f -> new FieldError(f.field().equals("folder") ? "path" : f.field(), f.problem()))
        .toList();
  }

  private static Place folder(JsonBody body) {
    String text =
        body.required(
            "path",
            PATH_MAX,
            "the absolute folder of the files, below an allowed root, or s3://bucket/prefix");
    Optional<String> problem = ObjectAddress.problem(text);
    if (problem.isPresent()) {
      body.problem("path", problem.get());
      return Place.of(Path.of("/"));
    }
    if (!text.isEmpty() && !text.startsWith("/") && !Place.isAddress(text)) {
      body.problem("path", "must be absolute: the service has no folder of its own");
    }
    try {
      return text.isEmpty() ? Place.of(Path.of("/")) : Place.parse(text);
    } catch (InvalidPathException e) {
      body.problem("path", "is no path on this system");
      return Place.of(Path.of("/"));
    }
  }

  private static @Nullable String type(JsonBody body) {
    String type = body.text("type", NAME_MAX);
    if (type != null && !FileKind.isOne(type)) {
      body.problem("type", FileKind.unknown(type));
    }
    return type;
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws InterruptedException, RefusedException {
    Parameters.of(request).check();
    return Answers.tagged(details(actor, id));
  }

  private ObjectNode details(Actor actor, String id) throws InterruptedException, RefusedException {
    return longReads.<ObjectNode, RefusedException>read(
        () -> DatasetAnswers.details(datasets.show(actor, id)));
  }

  @PostMapping("/{id}/rescan")
  ResponseEntity<byte[]> rescan(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws IOException, InterruptedException, RefusedException {
    Parameters.of(request).check();
    String text = Bodies.jsonOrNothing(request);
    boolean hasChecksums = false;
    if (!text.isBlank()) {
      JsonBody body = JsonBody.of(text, "checksum");
      hasChecksums = body.flag("checksum");
      body.check();
    }
    requireUnchanged(actor, id, request);
    return begun(datasets.rescan(actor, id, hasChecksums ? Checksums.SHA256 : Checksums.NONE));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> remove(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    Parameters parameters = Parameters.of(request, "files");
    boolean isWithFiles = parameters.flag("files");
    parameters.check();
    requireUnchanged(actor, id, request);
    Dataset dataset = datasets.find(actor, id);
    DatasetService.Files files =
        isWithFiles ? DatasetService.Files.DELETE : DatasetService.Files.KEEP;
    long deleted =
        longReads.<Long, Exception>change(() -> datasets.remove(actor, dataset.id(), files));
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("removed", dataset.name())
            .put("filesDeleted", deleted);
    return Answers.ok(answer);
  }

  private void requireUnchanged(Actor actor, String id, HttpServletRequest request)
      throws InterruptedException, RefusedException {
    if (Answers.isConditional(request)) {
      Answers.requireUnchanged(request, details(actor, id));
    }
  }

  private static ResponseEntity<byte[]> begun(ScanJob job) {
    return Answers.at(
        HttpStatus.ACCEPTED, Addresses.of("scans", job.id()), DatasetAnswers.scan(job));
  }
}
