package io.admix.engine.plan;

import java.nio.file.Path;

final class PlanFiles {
  private PlanFiles() {}

  static SealedPlan open(Path file) throws InvalidPlanException {
    throw new InvalidPlanException("not built yet " + file);
  }

  static SealedPlan openTrusted(Path file) throws InvalidPlanException {
    throw new InvalidPlanException("not built yet " + file);
  }
}
