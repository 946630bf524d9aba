package io.admix.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * All that a program does to the outside, as one row of numbered changes, which can be stopped at
 * any of them: from then on nothing that is asked of it is done, and every thread is thrown a
 * {@link Crash} that names the same instant. Nothing is released, nothing is cleaned, as when the
 * process is killed. Layers over files, database and crash points share one. Safe for use by many
 * threads.
 */
public final class World {
  private static final int TRACED = 40;

  private final Deque<String> trace = new ArrayDeque<>();
  private long changes;
  private long stopAt = -1;
  private Instant stopWhen = Instant.BEFORE;
  private volatile @Nullable String crashed;

  /** At which instant of a change the world stops. */
  public enum Instant {
    /** Nothing of it is done. */
    BEFORE,
    /** What consists of steps is begun: half a temporary is written, a final name is claimed. */
    BEGUN,
    /**
     * What consists of steps lacks its last one: a copy is published, its temporary still there.
     */
    ALMOST,
    /** All of it is done, and nobody was told. */
    AFTER
  }

  /** Stands for a process that died: an error, since no code of ours may catch it. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
      super("crash " + where, null, false, false);
    }
  }

  /** Something that changes the outside; {@code T} is its answer. */
  @FunctionalInterface
  public interface Change<T, X extends Exception> {
    T make() throws X;
  }

  /**
   * Leaves behind what a kill in the midst of a change leaves; does nothing where it is one step.
   */
  @FunctionalInterface
  public interface Half {
    Half NOTHING = instant -> {};

    void leave(Instant instant) throws Exception;
  }

  /**
   * Stops at the {@code n}-th change from now.
   *
   * @param n the first is 1
   */
  public synchronized void stopAt(long n, Instant when) {
    changes = 0;
    stopAt = n;
    stopWhen = when;
  }

  /** Changes since the start, or since the stop was set. */
  public synchronized long changes() {
    return changes;
  }

  public boolean isStopped() {
    return crashed != null;
  }

  /** The last things that were asked, for messages of failures. */
  public synchronized String trace() {
    return String.join("\n", trace);
  }

  /** Notes what is asked. Throws when the world stands still. */
  void asked(String what) {
    requireGoing();
    synchronized (this) {
      if (trace.size() == TRACED) {
        trace.removeFirst();
      }
      trace.addLast(what);
    }
  }

  /** Something that changes nothing. */
  public <T, X extends Exception> T look(String what, Change<T, X> look) throws X {
    asked(what);
    return look.make();
  }

  /** A change that is one step. */
  public <T, X extends Exception> T change(String what, Change<T, X> change) throws X {
    return change(what, change, Half.NOTHING);
  }

  /**
   * Makes the change, unless the world stops before it or within it; where it stops after it, the
   * answer is lost. A change that fails is a change too: it may have done anything.
   */
  public <T, X extends Exception> T change(String what, Change<T, X> change, Half half) throws X {
    asked(what);
    Instant stop = next();
    if (stop == null) {
      return change.make();
    }
    String where = "%s change %d: %s".formatted(stop, changes(), what);
    switch (stop) {
      case BEFORE -> throw stop(where);
      case BEGUN -> {
        leave(half, stop);
        throw stop(where);
      }
      case ALMOST, AFTER -> {
        try {
          change.make();
        } catch (Exception e) {
          throw stop(where + ", which failed: " + e.getMessage());
        }
        if (stop == Instant.ALMOST) {
          leave(half, stop);
        }
        throw stop(where);
      }
    }
    throw new IllegalStateException("no such instant: " + stop);
  }

  private synchronized @Nullable Instant next() {
    requireGoing();
    changes++;
    return changes == stopAt ? stopWhen : null;
  }

  private static void leave(Half half, Instant instant) {
    try {
      half.leave(instant);
    } catch (Exception e) {
      throw new IllegalStateException("the half of a change could not be left behind", e);
    }
  }

  private void requireGoing() {
    String where = crashed;
    if (where != null) {
      throw new Crash(where);
    }
  }

  private synchronized Crash stop(String where) {
    trace.addLast("crash " + where);
    crashed = where;
    return new Crash(where);
  }
}
