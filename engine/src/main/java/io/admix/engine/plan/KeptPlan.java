package io.admix.engine.plan;

import java.time.Instant;

/**
 * A plan that is kept.
 *
 * @param sha256 of its file's bytes but the last line, lower-case hex: its id
 * @param datasetId of the dataset that it is to become
 * @param owner who asked for it
 * @param expiresAt when it may be removed
 */
public record KeptPlan(
    String sha256,
    String datasetId,
    String owner,
    Instant madeAt,
    Instant expiresAt,
    PlanSummary summary) {}
