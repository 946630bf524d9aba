package io.admix.server.v1;

import io.admix.catalog.Actor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The event streams that are open. They are ended before the web server stops gracefully, which
 * would wait for them in vain.
 */
@Component
final class EventStreams implements SmartLifecycle {
  /** Streams at a time: each holds a connection with its buffers. */
  static final int MOST = 500;

  /** Of one owner: some windows of a browser, each with some tasks. */
  static final int MOST_OF_OWNER = 32;

  /** Of the system, which is everybody where nobody is told from the others. */
  static final int MOST_OF_ALL = 256;

  /** After which a stream ends; who still wants it comes back, and is asked again who he is. */
  static final Duration LIFE = Duration.ofMinutes(30);

  /** By who watches; counted and entered together. */
  private final Map<EventQueue, Actor> open = new HashMap<>();

  private volatile boolean isRunning;

  /**
   * A new stream, to be given back by {@link #close}.
   *
   * @throws ProblemException when too many are open, or the service stops
   */
  synchronized EventQueue open(Actor actor) {
    if (open.size() >= MOST || !isRunning) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "%d event streams are open, or the service stops; ask for the task itself, or try again."
              .formatted(open.size()));
    }
    long own = open.values().stream().filter(actor::equals).count();
    if (own >= (actor.sight() == Actor.Sight.ALL ? MOST_OF_ALL : MOST_OF_OWNER)) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "%d event streams of yours are open, and no more may be; ask for the task itself, or close some."
              .formatted(own));
    }
    EventQueue queue = new EventQueue();
    open.put(queue, actor);
    return queue;
  }

  synchronized void close(EventQueue queue) {
    open.remove(queue);
  }

  @Override
  public synchronized void start() {
    isRunning = true;
  }

  @Override
  public synchronized void stop() {
    isRunning = false;
    open.keySet().forEach(EventQueue::ended);
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
