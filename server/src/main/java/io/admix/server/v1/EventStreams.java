package io.admix.server.v1;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The event streams that are open. They are ended before the web server stops gracefully, which
 * would wait for them in vain.
 */
@Component
final class EventStreams implements SmartLifecycle {
  /** Streams at a time: each holds a connection. */
  static final int MOST = 1_000;

  private final Set<EventQueue> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isRunning;

  /**
   * A new stream, to be given back by {@link #close}.
   *
   * @throws ProblemException when too many are open, or the service stops
   */
  EventQueue open() {
    if (open.size() >= MOST || !isRunning) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "%d event streams are open, or the service stops; ask for the task itself, or try again."
              .formatted(open.size()));
    }
    EventQueue queue = new EventQueue();
    open.add(queue);
    if (!isRunning) {
      queue.ended();
    }
    return queue;
  }

  void close(EventQueue queue) {
    open.remove(queue);
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    open.forEach(EventQueue::ended);
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
