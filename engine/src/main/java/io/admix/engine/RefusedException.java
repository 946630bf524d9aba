package io.admix.engine;

import java.util.List;

/**
 * Bad usage: a name that is taken, a target that exists, an unknown dataset, a setting out of
 * range. The message has one line per problem; nothing was made (exit code 2). Those who answer
 * programs tell its kinds apart: {@link NotThereException}, {@link NotYoursException}, {@link
 * ConflictException}; any other is a request that is wrong in itself.
 */
public class RefusedException extends Exception {
  private final transient List<String> problems;

  public RefusedException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public RefusedException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
