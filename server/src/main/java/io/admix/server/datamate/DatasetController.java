package io.admix.server.datamate;

import io.admix.catalog.Actor;
import io.admix.catalog.DataMateDataset;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.engine.Admix;
import io.admix.engine.ratio.RatioDataset;
import io.admix.engine.ratio.RatioTasks;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What DataMate's pages ask of datasets. */
@RestController
@RequestMapping("/api/data-management/datasets")
class DatasetController {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RatioTasks tasks;
  private final LongReads longReads;

  DatasetController(Admix admix, LongReads longReads) {
    this.tasks = admix.ratioTasks();
    this.longReads = longReads;
  }

  @GetMapping
  ResponseEntity<byte[]> list(Actor actor, HttpServletRequest request) {
    Parameters parameters = new Parameters(request);
    PageRequest page = parameters.page();
    DataMateDataset.Query query =
        new DataMateDataset.Query(
            parameters.text("keyword"), parameters.text("type"), parameters.text("status"), page);
    parameters.throwIfAny();
    Page<DataMateDataset> found = tasks.datasets(actor, query);
    return Envelope.success(
        RatioJson.object(
            "page", page.number(),
            "size", page.size(),
            "totalElements", found.total(),
            "totalPages", found.pages(page.size()),
            "content", found.items().stream().map(dataset -> json(dataset, Map.of())).toList()));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String id) throws InterruptedException {
    RatioDataset found =
        longReads
            .<Optional<RatioDataset>, RuntimeException>read(() -> tasks.dataset(actor, id))
            .orElseThrow(() -> DataMateException.of(DataMateError.NOT_FOUND, "dataset_id", id));
    return Envelope.success(json(found.dataset(), found.labels()));
  }

  private static Map<String, @Nullable Object> json(
      DataMateDataset row, Map<String, ? extends Map<String, Long>> labels) {
    return RatioJson.object(
        "id", row.dataset().id(),
        "name", row.dataset().name(),
        "description", row.description(),
        "datasetType", row.dataset().type(),
        "status", row.status(),
        "tags", tags(row.tags()),
        "retentionDays", row.retentionDays(),
        "dataSource", null,
        "targetLocation", row.path(),
        "fileCount", row.files(),
        "totalSize", row.bytes(),
        "completionRate", null,
        "createdAt", LocalTimes.iso(row.createdAt()),
        "updatedAt", LocalTimes.iso(row.updatedAt()),
        "createdBy", row.createdBy(),
        "updatedBy", row.updatedBy(),
        "distribution", labels,
        "pvcName", null);
  }

  /** What is stored, if it is a list at all. */
  private static Object tags(@Nullable String stored) {
    if (stored != null) {
      try {
        JsonNode tags = JSON.readTree(stored);
        if (tags.isArray()) {
          return tags;
        }
      } catch (JacksonException e) {
        // No list either.
      }
    }
    return List.of();
  }
}
