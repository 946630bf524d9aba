package io.admix.engine.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Answers that were dear to find, kept for a while: the last few asked for, the dearer the longer.
 * Who asks for what is being found just now waits for that. Safe for use by many threads.
 */
final class Remembered<K, V> {
  /** So often as long as it took to find it. */
  private static final int DEAR = 20;

  private final Bounds<K> bounds;
  private final InstantSource clock;
  private final Map<K, Kept<V>> entries;

  private record Kept<V>(FutureTask<V> answer, Instant until, long weight) {}

  /**
   * How much is kept.
   *
   * @param most answers
   * @param weightMost of all of them together
   * @param weight of the answer to a question
   * @param keep how long at least, unless there is no room
   */
  record Bounds<K>(int most, long weightMost, ToLongFunction<K> weight, Duration keep) {}

  Remembered(Bounds<K> bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.entries = new LinkedHashMap<>(16, 0.75f, true);
  }

  /**
   * The answer that is kept, or what is found now; a fault is thrown and not kept.
   *
   * @param keepMost how long it is kept, however dear it was
   */
  V get(K key, Duration keepMost, Supplier<V> find) {
    FutureTask<V> mine = new FutureTask<>(find::get);
    FutureTask<V> answer = claim(key, mine);
    if (answer == mine) {
      Instant begun = clock.instant();
      mine.run();
      keep(key, mine, Duration.between(begun, clock.instant()), keepMost);
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      forget(key, answer);
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while counting");
    }
  }

  private synchronized FutureTask<V> claim(K key, FutureTask<V> mine) {
    Kept<V> kept = entries.get(key);
    if (kept != null && clock.instant().isBefore(kept.until)) {
      return kept.answer;
    }
    entries.put(key, new Kept<>(mine, Instant.MAX, bounds.weight.applyAsLong(key)));
    makeRoom();
    return mine;
  }

  /** The one asked for just now stands last. */
  private void makeRoom() {
    Instant now = clock.instant();
    entries.values().removeIf(kept -> !now.isBefore(kept.until));
    long weight = entries.values().stream().mapToLong(Kept::weight).sum();
    Iterator<Kept<V>> oldest = entries.values().iterator();
    while (oldest.hasNext() && (entries.size() > bounds.most || weight > bounds.weightMost)) {
      weight -= oldest.next().weight;
      oldest.remove();
    }
  }

  private synchronized void keep(K key, FutureTask<V> answer, Duration cost, Duration keepMost) {
    Kept<V> kept = entries.get(key);
    if (kept != null && kept.answer == answer) {
      Duration wanted = cost.multipliedBy(DEAR);
      Duration most = wanted.compareTo(keepMost) > 0 ? keepMost : wanted;
      Duration time = most.compareTo(bounds.keep) < 0 ? bounds.keep : most;
      entries.put(key, new Kept<>(answer, clock.instant().plus(time), kept.weight));
    }
  }

  private synchronized void forget(K key, FutureTask<V> answer) {
    Kept<V> kept = entries.get(key);
    if (kept != null && kept.answer == answer) {
      entries.remove(key);
    }
  }
}
