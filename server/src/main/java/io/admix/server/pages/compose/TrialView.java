package io.admix.server.pages.compose;

import io.admix.engine.plan.KeptPlan;
import io.admix.engine.plan.PlanOutlook;

/**
 * What a dry run told.
 *
 * @param mark of the recipe that was planned
 */
public record TrialView(String mark, KeptPlan plan, PlanOutlook outlook, FilesView files) {}
