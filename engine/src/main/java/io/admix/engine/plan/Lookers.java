package io.admix.engine.plan;

import io.admix.engine.flow.Handover;
import io.admix.engine.plan.Looker.Chosen;
import io.admix.engine.plan.Looker.Looked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Has chosen files looked at by two threads, and hands them to a third in the order in which they
 * came: looking is one system call for each file, and most of what a plan of a dataset waits for.
 * Used by one thread.
 */
final class Lookers implements AutoCloseable {
  private static final int THREADS = 2;

  /** A batch ends with its folder, so that no other thread opens it again, … */
  private static final int BATCH_MIN = 256;

  /** … unless the folder is large. */
  private static final int BATCH_MAX = 1_024;

  private final List<Looker> lookers = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();

  Lookers(Supplier<Looker> maker) {
    for (int i = 0; i < THREADS; i++) {
      lookers.add(maker.get());
      threads.add(Executors.newSingleThreadExecutor(Lookers::thread));
    }
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().name("admix-look").daemon(true).unstarted(work);
  }

  /** Looks at one file, on this thread; while no {@link Pass} is open. */
  Looked look(Chosen file) {
    return lookers.getFirst().look(file);
  }

  /** A sum over all lookers; while no {@link Pass} is open. */
  long sum(ToLongFunction<EntryStats> count) {
    return lookers.stream().map(Looker::stats).mapToLong(count).sum();
  }

  /** A sum over what was seen of objects; while no {@link Pass} is open. */
  long sumOfObjects(ToLongFunction<ObjectLooks> count) {
    return lookers.stream().map(Looker::objects).mapToLong(count).sum();
  }

  /** Begins to look at files; {@code consumer} takes them on a thread of its own. */
  Pass pass(Handover.Consumer<Looked> consumer) {
    return new Pass(consumer);
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
    threads.forEach(ExecutorService::close);
    lookers.forEach(Looker::close);
  }

  /** Files one after the other; see {@link Handover} for how it ends. */
  final class Pass implements AutoCloseable {
    private final Handover<Future<List<Looked>>> looked;
    private List<Chosen> batch = new ArrayList<>(BATCH_MAX);
    private int turn;

    private Pass(Handover.Consumer<Looked> consumer) {
      this.looked = new Handover<>("admix-seal", 1, looks -> consume(looks, consumer));
    }

    void add(Chosen file) throws IOException {
      if (isFull(file)) {
        handOver();
      }
      batch.add(file);
    }

    private boolean isFull(Chosen next) {
      int size = batch.size();
      return size >= BATCH_MAX
          || size >= BATCH_MIN && !batch.getLast().folder().equals(next.folder());
    }

    /** As many batches are under way as the consumer lets wait. */
    private void handOver() throws IOException {
      List<Chosen> files = batch;
      batch = new ArrayList<>(BATCH_MAX);
      Looker looker = lookers.get(turn);
      looked.add(threads.get(turn).submit(() -> looker.look(files)));
      turn = (turn + 1) % THREADS;
    }

    void finish() throws IOException {
      handOver();
      looked.finish();
    }

    private static void consume(Future<List<Looked>> looks, Handover.Consumer<Looked> consumer)
        throws IOException {
      try {
        for (Looked one : looks.get()) {
          consumer.accept(one);
        }
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted");
      } catch (ExecutionException e) {
        throw unwrapped(e);
      }
    }

    private static RuntimeException unwrapped(ExecutionException e) throws IOException {
      return switch (e.getCause()) {
        case UncheckedIOException cause -> throw cause.getCause();
        case RuntimeException cause -> cause;
        case Error cause -> throw cause;
        case null, default -> new IllegalStateException(e);
      };
    }

    @Override
    public void close() {
      looked.close();
    }
  }
}
