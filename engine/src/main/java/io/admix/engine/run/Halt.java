package io.admix.engine.run;

import io.admix.engine.StopSignal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Why a running task must stop: the first cause wins and is kept. Safe for use by many threads. */
final class Halt {
  private final StopSignal signal;
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

  Halt(StopSignal signal) {
    this.signal = signal;
  }

  void ask(Kind kind, boolean resumable, String message) {
    reason.compareAndSet(null, new Reason(kind, resumable, message));
  }

  /** Whether to stop, for whatever reason. */
  boolean isAsked() {
    if (signal.isRequested()) {
      ask(Kind.STOPPED, true, "stopped from outside");
    }
    return reason.get() != null;
  }

  /** Throws when a stop was asked for. */
  void check() throws HaltedException {
    isAsked();
    Reason asked = reason.get();
    if (asked != null) {
      throw new HaltedException(asked);
    }
  }

  Optional<Reason> reason() {
    return Optional.ofNullable(reason.get());
  }

  enum Kind {
    /** Ctrl-C, SIGTERM, the embedding program, or an interrupt: the task can go on later. */
    STOPPED,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Another runner may hold it: nothing may be placed or recorded any more. */
    LEASE_LOST,
    /** It cannot go on. */
    FAILED
  }

  /**
   * A cause.
   *
   * @param resumable whether the same task can go on once the cause is mended
   */
  record Reason(Kind kind, boolean resumable, String message) {}
}
