package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Places single entries: tries the allowed methods in order, falls back only on named faults,
 * checks the result, and tells the method that was really used. What a pair of mounts cannot do is
 * remembered for the life of the placer. Safe for use by many threads.
 */
public final class Placer {
  /** So many files in a row that end in EIO are a broken device, not broken files. */
  private static final int IO_ERRORS_MAX = 16;

  private final LinkMethod[] order;
  private final boolean mayLink;
  private final boolean maySymlink;
  private final PlacingMemory memory = new PlacingMemory();
  private final AtomicInteger ioErrorsInRow = new AtomicInteger();
  private final AtomicLong backOffs = new AtomicLong();
  private final LongConsumer pause;
  private final Rules rules;
  private final Runnable stillOurs;
  private final InodeTurns turns;
  private final Company company;

  /** Who else may place the entries that this placer is given. */
  private enum Company {
    NOBODY,
    OTHER_ATTEMPTS
  }

  /**
   * @param order the methods that are allowed, the best first
   */
  public Placer(List<LinkMethod> order) {
    this(order, () -> {});
  }

  /**
   * @param order the methods that are allowed, the best first
   * @param stillOurs called after every fault, before anything is removed or tried again; throws
   *     when somebody else may be placing the same entries by now, and that passes through {@link
   *     #place}
   */
  public Placer(List<LinkMethod> order, Runnable stillOurs) {
    this(order, LockSupport::parkNanos, FaultRules::reaction, stillOurs);
  }

  /**
   * A placer for entries that others may be placing at the same instant, on this machine or
   * another, by the same plan: what they made whole is taken over, whoever made it, so that all who
   * place an entry end with the same file and give the same answer. A copy of theirs is compared
   * with its source byte by byte first.
   *
   * @param order and {@code stillOurs}: as above
   */
  public static Placer amongOthers(List<LinkMethod> order, Runnable stillOurs) {
    return new Placer(
        order,
        LockSupport::parkNanos,
        FaultRules::reaction,
        stillOurs,
        InodeTurns.SHARED,
        Company.OTHER_ATTEMPTS);
  }

  /**
   * For tests: {@code pause} takes nanoseconds, and other rules show what a fault does where the
   * right one is missing.
   */
  Placer(List<LinkMethod> order, LongConsumer pause, Rules rules, Runnable stillOurs) {
    this(order, pause, rules, stillOurs, InodeTurns.SHARED);
  }

  /** For tests: with turns that are waited for as long as they say. */
  Placer(
      List<LinkMethod> order,
      LongConsumer pause,
      Rules rules,
      Runnable stillOurs,
      InodeTurns turns) {
    this(order, pause, rules, stillOurs, turns, Company.NOBODY);
  }

  private Placer(
      List<LinkMethod> order,
      LongConsumer pause,
      Rules rules,
      Runnable stillOurs,
      InodeTurns turns,
      Company company) {
    this.order = order.toArray(LinkMethod[]::new);
    this.mayLink = order.contains(LinkMethod.HARDLINK);
    this.maySymlink = order.contains(LinkMethod.SYMLINK);
    this.pause = pause;
    this.rules = rules;
    this.stillOurs = stillOurs;
    this.turns = turns;
    this.company = company;
  }

  /**
   * Makes {@code name} in {@code target}, a folder below our own staging, out of {@code sourceName}
   * in {@code source}.
   *
   * <p>An entry that is already there with the right identity is done (that is resume); a copy of
   * ours without a receipt is removed and made again; anything else is CONFLICT. After a {@link
   * Outcome.Failed} nothing of the entry is left.
   *
   * @param sourcePath absolute path of the source file, the text of a symbolic link
   * @param expected what the plan saw; inode 0 means that it saw nothing, and then nothing is
   *     placed
   * @throws PlacingStoppedException when the task cannot go on
   */
  public Outcome place(
      Folder source,
      String sourceName,
      String sourcePath,
      Folder.Expected expected,
      Folder target,
      String name)
      throws PlacingStoppedException {
    if (!Segments.isName(sourceName) || !Segments.isName(name)) {
      return new Outcome.Failed(
          FailureReason.UNSAFE_PATH,
          "not a single safe path segment: " + sourceName + " → " + name);
    }
    Entry entry = new Entry(source, sourceName, sourcePath, expected, target, name);
    if (expected.inode() == 0) {
      return unseen(entry);
    }
    return tryInOrder(entry);
  }

  /**
   * How often a worker had to wait for the system (EBUSY, EMFILE, ENOMEM and the like): a rising
   * number asks for fewer workers.
   */
  public long backOffs() {
    return backOffs.get();
  }

  private Outcome tryInOrder(Entry entry) throws PlacingStoppedException {
    MountPair pair = memory.pair(entry.source(), entry.target());
    Refusals refusals = null;
    for (int i = 0; i < order.length; i++) {
      LinkMethod method = order[i];
      String refusal = offBecause(method, pair, entry);
      if (refusal == null) {
        Attempt attempt = new Attempt(this, entry, pair, method, i > 0);
        Outcome outcome = attempt.run();
        if (outcome != null) {
          return outcome;
        }
        refusal = attempt.refusal();
      }
      refusals = new Refusals(refusals, method, refusal);
    }
    return new Outcome.Failed(FailureReason.NO_METHOD, Refusals.text(refusals));
  }

  private @Nullable String offBecause(LinkMethod method, MountPair pair, Entry entry) {
    if (pair.isOff(method)) {
      return "off between these two mounts";
    }
    boolean full =
        method == LinkMethod.HARDLINK
            && memory.isFull(entry.source().deviceId(), entry.expected().inode());
    return full ? "the source has as many links as it can take" : null;
  }

  private static Outcome unseen(Entry entry) {
    Stat found;
    try {
      found = entry.source().stat(entry.sourceName());
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return new Outcome.Failed(FailureReason.SOURCE_MISSING, String.valueOf(e.getMessage()));
      }
      return new Outcome.Failed(FailureReason.SOURCE_UNREADABLE, String.valueOf(e.getMessage()));
    }
    if (!found.isRegular()) {
      return new Outcome.Failed(
          FailureReason.UNSAFE_PATH,
          entry.sourcePath()
              + " is no regular file but "
              + found.kind().words()
              + ", which is never placed");
    }
    return new Outcome.Failed(
        FailureReason.SOURCE_CHANGED,
        entry.sourcePath() + " is there now, but was not when it was planned");
  }

  /** What is done about a fault of a method. */
  @FunctionalInterface
  interface Rules {
    FaultRules.Reaction reaction(LinkMethod method, Errno errno);
  }

  FaultRules.Reaction reaction(LinkMethod method, Errno errno) {
    return rules.reaction(method, errno);
  }

  void requireStillOurs() {
    stillOurs.run();
  }

  InodeTurns turns() {
    return turns;
  }

  PlacingMemory memory() {
    return memory;
  }

  boolean isAmongOthers() {
    return company == Company.OTHER_ATTEMPTS;
  }

  boolean mayLink() {
    return mayLink;
  }

  /** Whether this method is among the allowed ones. */
  boolean may(LinkMethod method) {
    for (LinkMethod allowed : order) {
      if (allowed == method) {
        return true;
      }
    }
    return false;
  }

  boolean maySymlink() {
    return maySymlink;
  }

  void backOff(long nanos) {
    backOffs.incrementAndGet();
    pause.accept(nanos);
  }

  void placed() {
    if (ioErrorsInRow.get() != 0) {
      ioErrorsInRow.set(0);
    }
  }

  /** Counts a file that ended in EIO. */
  void ioError(Fault fault) throws PlacingStoppedException {
    int inRow = ioErrorsInRow.incrementAndGet();
    if (inRow >= IO_ERRORS_MAX) {
      throw new PlacingStoppedException(
          inRow
              + " files in a row failed with input/output errors, the last: "
              + fault.getMessage()
              + ". Check the device, then resume; what was placed stays.",
          true,
          fault);
    }
  }

  /** Why each method was passed over, for the message of NO_METHOD. */
  private record Refusals(@Nullable Refusals before, LinkMethod method, String why) {
    static String text(@Nullable Refusals refusals) {
      if (refusals == null) {
        return "no method is allowed";
      }
      String here = refusals.method.word() + ": " + refusals.why;
      return refusals.before == null ? here : text(refusals.before) + "; " + here;
    }
  }
}
