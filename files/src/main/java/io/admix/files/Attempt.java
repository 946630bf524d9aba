package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One method tried for one entry, with its retries; the reactions of {@link FaultRules} are carried
 * out here.
 */
final class Attempt {
  /** Repetitions of an interrupted call: more means that something interrupts without end. */
  private static final int AGAIN_MAX = 100;

  private static final int BACK_OFFS_MAX = 8;
  private static final long BACK_OFF_FIRST_NS = 2_000_000;

  /** Leftovers removed under one name: more means that somebody else makes them. */
  private static final int REMOVALS_MAX = 3;

  private final Placer placer;
  private final Entry entry;
  private final MountPair pair;
  private final LinkMethod method;
  private final boolean isFallback;

  private int agains;
  private int backOffs;
  private int removals;
  private boolean ioErrorSeen;
  private String refusal = "";

  Attempt(Placer placer, Entry entry, MountPair pair, LinkMethod method, boolean isFallback) {
    this.placer = placer;
    this.entry = entry;
    this.pair = pair;
    this.method = method;
    this.isFallback = isFallback;
  }

  /** Why the next method is to be tried, when {@link #run} gave null. */
  String refusal() {
    return refusal;
  }

  /** The entry's outcome, or null when the next method is to be tried. */
  @Nullable Outcome run() throws PlacingStoppedException {
    try {
      while (true) {
        try {
          requireRoom();
          make();
          Stat made = entry.requireMade(method);
          placer.placed();
          return new Outcome.Placed(method, made);
        } catch (Fault fault) {
          Step step = react(fault);
          if (!step.again) {
            return step.outcome;
          }
        }
      }
    } catch (SourceChangedException e) {
      return sourceLost(FailureReason.SOURCE_CHANGED, String.valueOf(e.getMessage()));
    } catch (Entry.UnknownResultException e) {
      throw Stops.unknownResult(entry, e.fault());
    }
  }

  private void make() throws Fault, SourceChangedException {
    if (method == LinkMethod.COPY && placer.isAmongOthers()) {
      requireFree();
    }
    if (method != LinkMethod.HARDLINK) {
      entry.make(method);
      return;
    }
    InodeTurns turns = placer.turns();
    ReentrantLock turn = turns.of(entry.source().deviceId(), entry.expected().inode());
    boolean isFree = turn.tryLock();
    boolean isHeld = isFree || turns.await(turn);
    try {
      if (!isFree) {
        // However long the other took: whose task it is now is asked again.
        placer.requireStillOurs();
      }
      entry.make(method);
    } finally {
      if (isHeld) {
        turn.unlock();
      }
    }
  }

  /** Another attempt may have copied it: seen before the bytes are read, not after. */
  private void requireFree() throws Fault {
    try {
      entry.statTarget();
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return;
      }
      throw e;
    }
    throw new Fault("copy", Errno.EEXIST, entry.targetPath(), Errno.EEXIST.words());
  }

  /** A link that turned into a copy needs bytes that the plan did not count. */
  private void requireRoom() throws Fault, PlacingStoppedException {
    if (method == LinkMethod.COPY && isFallback) {
      Volume volume = entry.target().volume();
      if (volume.bytesFree() < entry.expected().size()) {
        throw Stops.full(
            entry, new Fault("copy", Errno.ENOSPC, entry.targetPath(), Errno.ENOSPC.words()));
      }
    }
  }

  /** A process may have stood still within the call, and what it meets be the work of another. */
  private Step react(Fault fault) throws PlacingStoppedException, Entry.UnknownResultException {
    placer.requireStillOurs();
    return switch (placer.reaction(method, fault.errno())) {
      case SETTLE_EXISTING -> settle(fault);
      case NEXT -> next(fault);
      case NEXT_FOR_PAIR -> {
        pair.turnOff(method);
        yield next(fault);
      }
      case NEXT_UNTIL_CONFIRMED -> confirmDenied(fault);
      case NEXT_FOR_INODE -> {
        placer.memory().full(entry.source().deviceId(), entry.expected().inode());
        yield next(fault);
      }
      case LOOK_AT_ACCESS -> lookAtAccess(fault);
      case LOOK_FOR_MISSING -> lookForMissing(fault);
      case REFUSE_UNSAFE -> done(failed(FailureReason.UNSAFE_PATH, words(fault)));
      case STOP_FULL -> throw Stops.full(entry, fault);
      case STOP_JOB -> throw Stops.unwritable(entry, fault);
      case AGAIN -> ++agains > AGAIN_MAX ? fail(fault) : Step.AGAIN;
      case AGAIN_ONCE -> againOnce(fault);
      case REOPEN -> done(failed(FailureReason.STALE_HANDLE, words(fault)));
      case BACK_OFF -> backOff(fault);
      case FAIL_FILE -> fail(fault);
    };
  }

  private Step settle(Fault fault) throws PlacingStoppedException, Entry.UnknownResultException {
    Settlement settlement = new Settlement(placer, entry, pair, method);
    try {
      Outcome outcome = settlement.settle();
      if (outcome == null && ++removals > REMOVALS_MAX) {
        return done(
            failed(
                FailureReason.CONFLICT, words(fault) + ", made again and again by somebody else"));
      }
      return outcome == null ? Step.AGAIN : done(outcome);
    } catch (Fault e) {
      return e.errno() == Errno.ENOENT ? lookForMissing(e) : fail(e);
    }
  }

  private Step confirmDenied(Fault fault) {
    try {
      pair.denied(entry.statSource());
    } catch (Fault ignored) {
      // The next method meets the same trouble and names it.
      return next(fault);
    }
    return next(fault);
  }

  /**
   * Which side refused: asked by trying, because owner and mode do not tell all (ACLs, mount
   * options, namespaces).
   */
  private Step lookAtAccess(Fault fault) throws PlacingStoppedException {
    String probe = Temporaries.newName();
    try {
      entry.target().makeFolder(probe);
      entry.target().deleteFolder(probe);
    } catch (Fault e) {
      if (e.errno() == Errno.EACCES) {
        throw Stops.unwritable(entry, fault);
      }
      return fail(e);
    }
    if (method == LinkMethod.COPY) {
      return done(failed(FailureReason.SOURCE_UNREADABLE, words(fault)));
    }
    try {
      entry.statSource();
      return next(fault);
    } catch (Fault e) {
      return done(failed(FailureReason.SOURCE_UNREADABLE, words(e)));
    }
  }

  /** ENOENT names no side: the source file is gone, or one of the two folders. */
  private Step lookForMissing(Fault fault) throws PlacingStoppedException {
    try {
      entry.statSource();
    } catch (Fault e) {
      boolean gone = e.errno() == Errno.ENOENT;
      return gone ? done(sourceLost(FailureReason.SOURCE_MISSING, words(e))) : fail(e);
    }
    if (isTargetGone()) {
      throw Stops.targetGone(entry, fault);
    }
    // It was gone for a moment, as when an editor saves: one more look decides.
    return ++agains > 1 ? done(failed(FailureReason.SOURCE_MISSING, words(fault))) : Step.AGAIN;
  }

  private boolean isTargetGone() {
    try {
      return entry.target().stat().links() == 0;
    } catch (Fault e) {
      return e.errno() == Errno.ENOENT;
    }
  }

  /**
   * A file whose source is not what was planned fails, and what an earlier run made of it is taken
   * back.
   */
  private Outcome sourceLost(FailureReason reason, String detail) throws PlacingStoppedException {
    placer.requireStillOurs();
    try {
      Outcome settled = new Settlement(placer, entry, pair, method).settle();
      return settled instanceof Outcome.Placed ? settled : failed(reason, detail);
    } catch (Fault e) {
      throw Stops.unknownResult(entry, e);
    } catch (Entry.UnknownResultException e) {
      throw Stops.unknownResult(entry, e.fault());
    }
  }

  private Step againOnce(Fault fault) throws PlacingStoppedException {
    if (!ioErrorSeen) {
      ioErrorSeen = true;
      return Step.AGAIN;
    }
    return fail(fault);
  }

  private Step backOff(Fault fault) throws PlacingStoppedException {
    if (backOffs < BACK_OFFS_MAX) {
      placer.backOff(BACK_OFF_FIRST_NS << backOffs++);
      return Step.AGAIN;
    }
    if (fault.errno() == Errno.EBUSY || fault.errno() == Errno.ETIMEDOUT) {
      return fail(fault);
    }
    throw Stops.exhausted(entry, fault);
  }

  private Step next(Fault fault) {
    refusal = words(fault);
    return Step.NEXT;
  }

  private Step fail(Fault fault) throws PlacingStoppedException {
    if (fault.errno() == Errno.EIO) {
      placer.ioError(fault);
    }
    return done(failed(FailureReason.IO_ERROR, words(fault)));
  }

  private static String words(Fault fault) {
    return String.valueOf(fault.getMessage());
  }

  private static Outcome failed(FailureReason reason, String detail) {
    return new Outcome.Failed(reason, detail);
  }

  private static Step done(Outcome outcome) {
    return new Step(false, outcome);
  }

  /** What follows a fault: the same again, an outcome, or (neither) the next method. */
  private record Step(boolean again, @Nullable Outcome outcome) {
    static final Step AGAIN = new Step(true, null);
    static final Step NEXT = new Step(false, null);
  }
}
