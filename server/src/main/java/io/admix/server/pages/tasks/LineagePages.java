package io.admix.server.pages.tasks;

import io.admix.catalog.Actor;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.lineage.Graph;
import io.admix.engine.lineage.LineageGraph;
import io.admix.engine.task.BackgroundTasks;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What datasets were made of, and what was made of them. */
@RestController
final class LineagePages {
  private static final int FEW = 50;

  private final LineageGraph lineage;
  private final BackgroundTasks tasks;
  private final LongReads longReads;
  private final Pages pages;

  LineagePages(Admix admix, LongReads longReads, Pages pages) {
    this.longReads = longReads;
    this.lineage = admix.lineage();
    this.tasks = admix.background();
    this.pages = pages;
  }

  /**
   * @param all whether as much is shown as can be
   */
  @GetMapping("/datasets/{id}/lineage")
  ResponseEntity<byte[]> around(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String all,
      HttpServletRequest request)
      throws InterruptedException, RefusedException {
    int most = all.isEmpty() ? FEW : LineageGraph.NODES_MOST;
    Graph graph =
        all.isEmpty()
            ? lineage.around(caller, id, most)
            : longReads.<Graph, RefusedException>read(() -> lineage.around(caller, id, most));
    Visit visit = pages.visit(request, Room.DATASETS, "tasks.lineage.title");
    return pages.show(
        "tasks/lineage.jte",
        visit,
        LineageView.of(graph, there(caller, graph), visit.t("tasks.lineage.hidden"), most));
  }

  /** A record may be deleted while its dataset stays. */
  private Set<String> there(Actor caller, Graph graph) {
    return graph.edges().stream()
        .map(Graph.Edge::taskId)
        .filter(Objects::nonNull)
        .distinct()
        .filter(task -> tasks.find(caller, task).isPresent())
        .collect(Collectors.toSet());
  }
}
