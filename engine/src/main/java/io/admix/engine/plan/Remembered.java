package io.admix.engine.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Answers that were dear to find, kept for a while: the last few asked for, the dearer the longer.
 * Who asks for what is being found just now waits for that. Safe for use by many threads.
 */
final class Remembered<K, V> {
  /** So often as long as it took to find it. */
  private static final int DEAR = 20;

  private static final Duration KEEP_MOST = Duration.ofMinutes(10);

  private final Duration keep;
  private final InstantSource clock;
  private final Map<K, Kept<V>> entries;

  private record Kept<V>(FutureTask<V> answer, Instant until) {}

  Remembered(int most, Duration keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** The answer that is kept, or what is found now; a fault is thrown and not kept. */
  V get(K key, Supplier<V> find) {
    FutureTask<V> mine = new FutureTask<>(find::get);
    FutureTask<V> answer = claim(key, mine);
    if (answer == mine) {
      Instant begun = clock.instant();
      mine.run();
      keep(key, mine, Duration.between(begun, clock.instant()));
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
    entries.put(key, new Kept<>(mine, Instant.MAX));
    return mine;
  }

  private synchronized void keep(K key, FutureTask<V> answer, Duration cost) {
    Kept<V> kept = entries.get(key);
    if (kept != null && kept.answer == answer) {
      Duration wanted = cost.multipliedBy(DEAR);
      Duration most = wanted.compareTo(KEEP_MOST) > 0 ? KEEP_MOST : wanted;
      Duration time = most.compareTo(keep) < 0 ? keep : most;
      entries.put(key, new Kept<>(answer, clock.instant().plus(time)));
    }
  }

  private synchronized void forget(K key, FutureTask<V> answer) {
    Kept<V> kept = entries.get(key);
    if (kept != null && kept.answer == answer) {
      entries.remove(key);
    }
  }
}
