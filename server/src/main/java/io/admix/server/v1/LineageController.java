package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.lineage.Graph;
import io.admix.engine.lineage.LineageGraph;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What datasets were made of, and what was made of them. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/lineage", produces = MediaTypes.JSON)
final class LineageController {
  private static final int NODES = 100;

  private final LineageGraph lineage;

  LineageController(Admix admix) {
    this.lineage = admix.lineage();
  }

  @GetMapping
  ResponseEntity<byte[]> around(Actor actor, HttpServletRequest request) throws RefusedException {
    Parameters parameters = Parameters.of(request, "dataset", "max");
    String dataset = parameters.required("dataset", "the id of the dataset in the middle");
    int most = parameters.whole("max", NODES, 1, LineageGraph.NODES_MOST);
    parameters.check();
    return Answers.tagged(json(lineage.around(actor, dataset, most)));
  }

  private static ObjectNode json(Graph graph) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("center", graph.center());
    ArrayNode nodes = answer.putArray("nodes");
    graph
        .nodes()
        .forEach(node -> {
          ObjectNode one =
              nodes
                  .addObject()
                  .put("id", node.id())
                  .put("kind", node.kind().name())
                  .put("name", node.name());
          DatasetAnswers.putCount(one, "files", node.files());
        });
    ArrayNode edges = answer.putArray("edges");
    graph
        .edges()
        .forEach(edge ->
            edges
                .addObject()
                .put("from", edge.from())
                .put("to", edge.to())
                .put("type", edge.type())
                .put("taskId", edge.taskId())
                .put("taskName", edge.taskName()));
    return answer.put("truncated", graph.truncated());
  }
}
