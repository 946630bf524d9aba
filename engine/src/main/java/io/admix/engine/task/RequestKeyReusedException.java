package io.admix.engine.task;

import io.admix.engine.RefusedException;

/** A request key came again with another body. Nothing was changed. */
public final class RequestKeyReusedException extends RefusedException {
  public RequestKeyReusedException(String problem) {
    super(problem);
  }
}
