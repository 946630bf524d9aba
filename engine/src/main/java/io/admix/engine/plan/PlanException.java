package io.admix.engine.plan;

import java.util.List;

/** A request that cannot be planned. The message has one line per problem. Nothing was made. */
public final class PlanException extends Exception {
  private final transient List<String> problems;

  public PlanException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public PlanException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
