package io.admix.engine.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a second thread consume, in order, what the caller makes: both work at once, and at most a
 * few batches wait between them. A consumer that fails stops the caller at its next batch.
 *
 * <p>Used by one thread, which calls {@link #finish} at the end of what went well, and closes it in
 * any case. What was not finished may be consumed in part.
 *
 * @param <T> what is handed over
 */
public final class Handover<T> implements AutoCloseable {
  private static final int BATCH = 512;
  private static final int BATCHES_WAITING_MAX = 4;
  private static final long LOOK_MS = 50;

  private final Consumer<T> consumer;
  private final BlockingQueue<List<T>> waiting = new ArrayBlockingQueue<>(BATCHES_WAITING_MAX);
  private final Thread thread;
  private final int together;
  private List<T> batch = new ArrayList<>();
  private volatile boolean ended;
  private volatile boolean dropped;
  private volatile @Nullable Throwable failure;

  /** Takes what was handed over. */
  @FunctionalInterface
  public interface Consumer<T> {
    void accept(T made) throws IOException;
  }

  /**
   * @param name of the second thread
   */
  public Handover(String name, Consumer<T> consumer) {
    this(name, BATCH, consumer);
  }

  /**
   * @param name of the second thread
   * @param together how many are handed over at a time; one where each is large
   */
  public Handover(String name, int together, Consumer<T> consumer) {
    this.together = together;
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().name(name).daemon(true).start(this::consume);
  }

  /** Hands one over, waiting while the consumer is behind. */
  public void add(T made) throws IOException {
    batch.add(made);
    if (batch.size() == together) {
      handOver();
    }
  }

  /** Returns when all that was added is consumed. */
  public void finish() throws IOException {
    handOver();
    ended = true;
    join();
    rethrow();
  }

  /** Ends the second thread; what still waits is dropped unless {@link #finish} came first. */
  @Override
  public void close() {
    dropped = true;
    ended = true;
    join();
  }

  private void handOver() throws IOException {
    boolean interrupted = false;
    boolean taken = batch.isEmpty();
    while (!taken && failure == null) {
      try {
        taken = waiting.offer(batch, LOOK_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow();
    batch = new ArrayList<>(together);
  }

  private void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void consume() {
    try {
      while (!dropped) {
        boolean last = ended;
        List<T> next = waiting.poll(last ? 0 : LOOK_MS, TimeUnit.MILLISECONDS);
        if (next == null && last) {
          return;
        }
        if (next != null) {
          for (T made : next) {
            consumer.accept(made);
          }
        }
      }
    } catch (InterruptedException e) {
      failure = new IOException("the thread " + thread.getName() + " was interrupted", e);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }
}
