package io.admix.catalog;

/** Who asked for a task, which decides who may run it. */
public enum TaskOrigin {
  /** A command or an embedding program, which runs it itself: no server ever takes it. */
  COMMAND,
  /** The service's own interface: run by any server of this catalogue. */
  SERVICE,
  /** DataMate's interface: run as {@link #SERVICE}. */
  DATAMATE
}
