package io.admix.engine.flow;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests about many objects, so many at a time: each is waited for, not worked for. The
 * first failure ends all, once those that are under way have ended. Used by one thread.
 */
public final class Abreast implements AutoCloseable {
  private final int most;
  private final Semaphore free;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * @param most at a time, at least 1
   */
  public Abreast(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** One piece of work. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Begins a piece of work as soon as there is room for it.
   *
   * @throws IOException the first failure so far
   */
  public void run(Work work) throws IOException {
    free.acquireUninterruptibly();
    if (failure.get() != null) {
      free.release();
      rethrow();
    }
    Thread.ofVirtual().name("admix-request").start(() -> carryOut(work));
  }

  private void carryOut(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      free.release();
    }
  }

  /**
   * Waits for all that was begun.
   *
   * @throws IOException the first failure
   */
  public void join() throws IOException {
    free.acquireUninterruptibly(most);
    free.release(most);
    rethrow();
  }

  private void rethrow() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits for what is under way; a failure of it was thrown, or is of no interest any more. */
  @Override
  public void close() {
    free.acquireUninterruptibly(most);
    free.release(most);
  }
}
