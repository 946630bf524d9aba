package io.admix.engine.parquet;

/**
 * A column of a file.
 *
 * @param nulls whether a row may have no value
 */
public record Column(String name, Type type, Nulls nulls) {

  /** What a column holds. */
  public enum Type {
    /** 64 bits, signed. */
    NUMBER,
    /** UTF-8. */
    TEXT
  }

  /** Whether a row may lack a value. */
  public enum Nulls {
    NONE,
    ALLOWED
  }

  /** A number in every row. */
  public static Column number(String name) {
    return new Column(name, Type.NUMBER, Nulls.NONE);
  }

  /** A text in every row. */
  public static Column text(String name) {
    return new Column(name, Type.TEXT, Nulls.NONE);
  }

  /** The same, where a row may have none. */
  public Column orNull() {
    return new Column(name, type, Nulls.ALLOWED);
  }

  boolean mayBeNull() {
    return nulls == Nulls.ALLOWED;
  }
}
