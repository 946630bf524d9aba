package io.admix.files.object;

import io.admix.files.object.ObjectOutcome.Failed;
import io.admix.files.object.ObjectOutcome.Placed;
import io.admix.files.object.ObjectOutcome.Proof;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of one object from a request to an outcome: tried, looked at, tried again. */
abstract class Making {
  /** Every try is several attempts of the store already. */
  private static final int TRIES = 3;

  private final ObjectPlacer placer;
  private final ObjectStore store;
  private final ObjectKey target;
  private final Mark mark;

  Making(ObjectPlacer placer, ObjectKey target, Mark mark) {
    this.placer = placer;
    this.store = placer.store();
    this.target = target;
    this.mark = mark;
  }

  /** Makes it where there is nothing. */
  abstract ObjectStore.Written make() throws ObjectFault;

  /** Number of bytes that it must have. */
  abstract long size();

  /** Why it cannot be made of this source any more, or null. */
  abstract @Nullable Failed lookAtSource() throws ObjectFault;

  /** What is known of the source without a request; asked after every fault. */
  @Nullable Failed sourceFailure() {
    return null;
  }

  /** Whether an object without a mark, of the right size, is what we would have made. */
  boolean isSame(ObjectHead unmarked) {
    return false;
  }

  /** What is known of what {@link #make} made. */
  Proof proofOfMaking() {
    return Proof.MADE;
  }

  ObjectOutcome run() throws ObjectFault {
    ObjectFault last = null;
    for (int i = 0; i < TRIES; i++) {
      // Whoever took over or cancelled may have ended the upload of the try before.
      placer.requireMayGoOn();
      try {
        ObjectStore.Written written = make();
        return new Placed(written.etag(), written.version(), size(), proofOfMaking());
      } catch (ObjectFault f) {
        Failed source = sourceFailure();
        ObjectOutcome outcome = source != null ? source : react(f);
        if (outcome != null) {
          return outcome;
        }
        last = f;
      }
    }
    return exhausted(last);
  }

  /** The outcome, or null to try again. */
  private @Nullable ObjectOutcome react(ObjectFault fault) throws ObjectFault {
    return switch (ObjectRules.reaction(fault.kind())) {
      case SETTLE, SETTLE_OR_SLOW_DOWN -> settle(fault);
      case MISSING -> new Failed(ObjectFailure.SOURCE_MISSING, fault.words());
      case UNREADABLE -> new Failed(ObjectFailure.SOURCE_UNREADABLE, fault.words());
      case DENY -> new Failed(ObjectFailure.DENIED, fault.words());
      case FAIL -> new Failed(ObjectFailure.REFUSED, fault.words());
      case STOP -> throw fault;
    };
  }

  private @Nullable ObjectOutcome settle(ObjectFault fault) throws ObjectFault {
    ObjectHead found;
    try {
      found = store.head(target, null);
    } catch (ObjectFault look) {
      if (look.kind() == FaultKind.NO_SUCH_KEY) {
        return absent(fault);
      }
      if (look.kind().isOfAll()) {
        throw look;
      }
      return new Failed(
          ObjectFailure.UNKNOWN,
          fault.words() + "; and what is there cannot be told: " + look.words());
    }
    Optional<Proof> proof = proof(found);
    return proof.isPresent()
        ? new Placed(found.stat().etag(), found.version(), size(), proof.get())
        : new Failed(ObjectFailure.CONFLICT, conflict(found));
  }

  private Optional<Proof> proof(ObjectHead found) {
    if (found.stat().size() != size()) {
      return Optional.empty();
    }
    Optional<Mark> marked = found.mark();
    if (marked.isPresent()) {
      return marked.get().equals(mark) ? Optional.of(Proof.MARK) : Optional.empty();
    }
    return isSame(found) ? Optional.of(Proof.SAME_BYTES) : Optional.empty();
  }

  private String conflict(ObjectHead found) {
    ObjectStat stat = found.stat();
    String whose =
        found
            .mark()
            .map(other -> "Admix made it for something else (" + other.value() + ")")
            .orElse("Admix did not make it for this task");
    return "%s holds another object already (%,d bytes, entity tag %s, of %s): %s. It was left as it is."
        .formatted(
            target, stat.size(), stat.etag(), Instant.ofEpochMilli(stat.modifiedMs()), whose);
  }

  private @Nullable Failed absent(ObjectFault fault) throws ObjectFault {
    if (ObjectRules.reaction(fault.kind()) == ObjectRules.Reaction.SETTLE_OR_SLOW_DOWN) {
      return new Failed(ObjectFailure.THROTTLED, fault.words());
    }
    return lookAtSource();
  }

  private static ObjectOutcome exhausted(@Nullable ObjectFault last) {
    String words = last == null ? "" : last.words();
    boolean isCorrupted = last != null && last.kind() == FaultKind.CORRUPTED;
    return new Failed(isCorrupted ? ObjectFailure.REFUSED : ObjectFailure.UNKNOWN, words);
  }
}
