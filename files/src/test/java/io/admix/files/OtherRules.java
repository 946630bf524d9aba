package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.List;

/**
 * Placers for tests of other modules: they never wait, and may have one wrong rule, so that it can
 * be shown what a fault does where its rule is missing.
 */
public final class OtherRules {
  private OtherRules() {}

  /** What is done about a fault in place of the right thing. */
  public enum Wrong {
    /** The next method is taken, silently. */
    NEXT,
    /** The file is given up. */
    FAIL_FILE
  }

  /** The right rules. */
  public static Placer right(List<LinkMethod> order, Runnable stillOurs) {
    return new Placer(order, nanos -> {}, FaultRules::reaction, stillOurs);
  }

  /** The right rules but for one row. */
  public static Placer wrong(
      List<LinkMethod> order, Runnable stillOurs, LinkMethod method, Errno errno, Wrong reaction) {
    return new Placer(
        order,
        nanos -> {},
        (asked, fault) ->
            asked == method && fault == errno
                ? FaultRules.Reaction.valueOf(reaction.name())
                : FaultRules.reaction(asked, fault),
        stillOurs);
  }
}
