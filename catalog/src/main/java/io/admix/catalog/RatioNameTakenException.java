package io.admix.catalog;

/** A ratio task that the actor sees has the name already. Nothing was changed. */
public final class RatioNameTakenException extends NameTakenException {
  RatioNameTakenException(String message) {
    super(message);
  }
}
