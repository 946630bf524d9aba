package io.admix.server.datamate;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.catalog.RatioQuery;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.ratio.RatioCreated;
import io.admix.engine.ratio.RatioDetails;
import io.admix.engine.ratio.RatioRefusedException;
import io.admix.engine.ratio.RatioTasks;
import io.admix.engine.ratio.RatioUndeletedException;
import io.admix.server.LongReads;
import io.admix.server.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** DataMate's four operations on ratio tasks. */
@RestController
@RequestMapping("/api/synthesis/ratio-task")
class RatioTaskController {
  private static final Logger LOG = LoggerFactory.getLogger(RatioTaskController.class);

  private final RatioTasks tasks;
  private final ZoneId zone;
  private final LongReads longReads;

  RatioTaskController(Admix admix, LongReads longReads) {
    this.longReads = longReads;
    this.tasks = admix.ratioTasks();
    this.zone = admix.settings().zone();
  }

  @PostMapping
  ResponseEntity<byte[]> create(Actor actor, @RequestBody(required = false) byte @Nullable [] body)
      throws Exception {
    RatioRequestReader.Sent sent = RatioRequestReader.read(body, zone);
    try {
      RatioCreated created =
          longReads.<RatioCreated, Exception>change(() -> tasks.create(actor, sent.request()));
      Audit.made(created.id());
      return Envelope.success(RatioJson.created(created, sent));
    } catch (RatioRefusedException refused) {
      throw inWords(refused);
    }
  }

  private static DataMateException inWords(RatioRefusedException refused) {
    return switch (refused.reason()) {
      case NO_DATASET ->
          DataMateException.of(DataMateError.NOT_FOUND, "dataset_id", refused.subject());
      case NO_NAME -> new DataMateException(DataMateError.NO_NAME, null);
      case NAME_TAKEN -> DataMateException.of(DataMateError.NAME_TAKEN, "name", refused.subject());
    };
  }

  @GetMapping
  ResponseEntity<byte[]> list(Actor actor, HttpServletRequest request) {
    Parameters parameters = new Parameters(request);
    PageRequest page = parameters.page();
    RatioQuery query = new RatioQuery(parameters.text("name"), parameters.text("status"), page);
    parameters.throwIfAny();
    return Envelope.success(RatioJson.page(tasks.list(actor, query), page));
  }

  @GetMapping("/{taskId}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String taskId)
      throws RefusedException, InterruptedException {
    return Envelope.success(
        longReads
            .<Optional<RatioDetails>, RefusedException>read(() -> tasks.find(actor, taskId))
            .map(RatioJson::details)
            .orElseThrow(() -> DataMateException.of(DataMateError.NO_TASK, "task_id", taskId)));
  }

  @DeleteMapping
  ResponseEntity<byte[]> delete(Actor actor, HttpServletRequest request)
      throws InterruptedException {
    Parameters parameters = new Parameters(request);
    List<String> ids = parameters.all("ids");
    parameters.throwIfAny();
    try {
      longReads.<Integer, RatioUndeletedException>change(() -> {
        tasks.delete(actor, ids);
        return ids.size();
      });
    } catch (RatioUndeletedException failed) {
      LOG.warn("ratio tasks {} could not be deleted", failed.ids(), failed);
      throw new DataMateException(
          DataMateError.NOT_DELETED, Map.of("task_ids", List.copyOf(failed.ids())));
    }
    return Envelope.success("success");
  }
}
