package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.core.recipe.Recipe;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.plan.KeptPlan;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.plan.PlanJson;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Dry runs: what a recipe would take. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/plans", produces = MediaTypes.JSON)
final class PlansController {
  private final KeptPlans plans;
  private final LongReads longReads;

  PlansController(Admix admix, LongReads longReads) {
    this.longReads = longReads;
    this.plans = admix.keptPlans();
  }

  @PostMapping(
      consumes = {MediaTypes.JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
  ResponseEntity<byte[]> plan(Actor actor, HttpServletRequest request) throws Exception {
    Parameters.of(request).check();
    Recipe recipe = SentRecipe.recipe(Bodies.text(request));
    KeptPlan plan = longReads.<KeptPlan, Exception>change(() -> plans.plan(actor, recipe));
    return Answers.at(HttpStatus.CREATED, Addresses.of("plans", plan.sha256()), json(plan));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws NotThereException {
    Parameters.of(request).check();
    return Answers.tagged(
        json(
            plans
                .find(actor, id)
                .orElseThrow(() ->
                    new NotThereException(
                        "There is no such plan; plans are kept for admix.keep-plans."))));
  }

  private static ObjectNode json(KeptPlan plan) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", plan.sha256())
            .put("datasetId", plan.datasetId())
            .put("owner", plan.owner())
            .put("madeAt", plan.madeAt().toString())
            .put("expiresAt", plan.expiresAt().toString());
    answer.setAll(PlanJson.of(plan.summary()));
    return answer;
  }
}
