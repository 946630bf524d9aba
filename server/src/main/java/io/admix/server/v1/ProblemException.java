package io.admix.server.v1;

import io.admix.engine.plan.Shortage;
import java.util.List;

/** Ends a request with a problem that this interface found itself. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  ProblemException(ProblemType type, List<FieldError> errors) {
    this(Problem.of(type, errors));
  }

  Problem problem() {
    return problem;
  }

  /**
   * A problem (RFC 9457).
   *
   * @param detail for people
   * @param errors fields that are wrong
   * @param shortages sources that lack files
   */
  public record Problem(
      ProblemType type, String detail, List<FieldError> errors, List<Shortage> shortages) {
    /** Keeps its lists. */
    public Problem {
      errors = List.copyOf(errors);
      shortages = List.copyOf(shortages);
    }

    /** Without fields. */
    public static Problem of(ProblemType type, String detail) {
      return new Problem(type, detail, List.of(), List.of());
    }

    /** The detail says the first error, and how many more there are. */
    static Problem of(ProblemType type, List<FieldError> errors) {
      FieldError first = errors.getFirst();
      String name = first.field().isEmpty() ? "" : first.field() + ": ";
      String more =
          errors.size() == 1 ? "" : " (and %d more, see errors)".formatted(errors.size() - 1);
      return new Problem(type, name + first.message() + more, errors, List.of());
    }
  }
}
