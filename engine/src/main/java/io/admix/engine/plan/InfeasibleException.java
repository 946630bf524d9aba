package io.admix.engine.plan;

import java.util.List;

/**
 * The sources cannot give what the recipe asks under {@code on-shortage: fail}. Nothing was made.
 * The message names each source, asked and available, and what to change.
 */
public final class InfeasibleException extends Exception {
  private final transient List<Shortage> shortages;

  public InfeasibleException(String message, List<Shortage> shortages) {
    super(message);
    this.shortages = List.copyOf(shortages);
  }

  public List<Shortage> shortages() {
    return shortages;
  }
}
