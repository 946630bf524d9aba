package io.admix.engine;

import java.util.List;

/** Fields of a request are wrong; all of them are told at once. Nothing was changed. */
public final class FieldsException extends RefusedException {
  private final transient List<FieldProblem> fields;

  public FieldsException(List<FieldProblem> fields) {
    super(fields.stream().map(FieldProblem::problem).toList());
    this.fields = List.copyOf(fields);
  }

  public List<FieldProblem> fields() {
    return fields;
  }

  /**
   * What is wrong with one field.
   *
   * @param field as the request names it, such as {@code folder}
   * @param problem a sentence for people
   */
  public record FieldProblem(String field, String problem) {}
}
