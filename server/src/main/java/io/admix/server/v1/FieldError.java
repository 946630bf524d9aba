package io.admix.server.v1;

import io.admix.core.recipe.Problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field the parameter, header or key, such as {@code sources[1].weight}; empty for the body
 *     as a whole
 * @param message a sentence for people
 * @param line of the body, from 1; 0 when it is not known
 * @param column from 1; 0 when it is not known
 */
public record FieldError(String field, String message, int line, int column) {
  FieldError(String field, String message) {
    this(field, message, 0, 0);
  }

  static FieldError of(Problem problem) {
    return new FieldError(problem.path(), problem.message(), problem.line(), problem.column());
  }
}
