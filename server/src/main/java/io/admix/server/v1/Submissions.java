package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.Recipe;
import io.admix.engine.NotThereException;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.task.RequestKey;
import io.admix.engine.task.Submission;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into what is to be made. */
final class Submissions {
  private final KeptPlans plans;

  Submissions(KeptPlans plans) {
    this.plans = plans;
  }

  /**
   * @param taskName null to call the task as its dataset
   * @throws NotThereException when the plan is not there for the actor
   */
  Submission of(Actor actor, SentRecipe sent, @Nullable String taskName, @Nullable RequestKey key)
      throws Exception {
    Recipe recipe = sent.recipe();
    if (recipe == null) {
      try (SealedPlan plan =
          SealedPlan.openTrusted(plans.file(actor, String.valueOf(sent.planId())))) {
        recipe = plan.header().recipe();
      }
    }
    return new Submission(
        recipe,
        taskName == null ? recipe.name() : taskName,
        TaskOrigin.SERVICE,
        key,
        sent.planId());
  }
}
