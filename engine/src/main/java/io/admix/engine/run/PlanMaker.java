package io.admix.engine.run;

import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a sealed plan, as {@link io.admix.engine.plan.Planner} does. */
@FunctionalInterface
public interface PlanMaker {
  /**
   * @param scratch folder for what is needed meanwhile
   * @param file where the plan is sealed, whole or not at all
   */
  PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException;

  /**
   * Looks for what is wrong with sources and target, without reading any.
   *
   * @throws PlanException with every problem
   */
  default void check(PlanRequest request) throws PlanException {}
}
