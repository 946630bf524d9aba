package io.admix.files;

import io.admix.core.recipe.LinkMethod;

/** What became of one entry. */
public sealed interface Outcome {
  /** It is there, made by {@code method}; {@code stat} is that of the target entry. */
  record Placed(LinkMethod method, Stat stat) implements Outcome {}

  /** It is not there, and nothing of it is left. */
  record Failed(FailureReason reason, String detail) implements Outcome {}
}
