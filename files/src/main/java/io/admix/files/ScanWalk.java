package io.admix.files;

import io.admix.files.Scanner.Sink;
import io.admix.files.Scanner.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One walk. Workers take folders from a bounded stack, stat the entries by the folder's handle
 * while they are listed, and bring batches to the sink under a lock, which is the back-pressure:
 * nobody lists on while the sink is slow. Where the stack is full, a worker goes down into the
 * folder itself, so memory is bounded by the depth of the tree and not by the number of its
 * folders.
 */
final class ScanWalk {
  private static final int BATCH = 256;

  private final Folder root;
  private final Sink sink;
  private final ScanStack stack = new ScanStack();
  private final ReentrantLock sinkLock = new ReentrantLock();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private final LongAdder symlinks = new LongAdder();
  private final LongAdder special = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder own = new LongAdder();
  private final LongAdder changed = new LongAdder();

  ScanWalk(Folder root, Sink sink) {
    this.root = root;
    this.sink = sink;
  }

  Skipped run(int threads) throws Fault, InterruptedException {
    stack.offer("");
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().name("admix-scan-" + i).daemon().start(this::work));
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      stack.stop();
      joinAll(workers);
      throw e;
    }
    rethrow(failure.get());
    return new Skipped(symlinks.sum(), special.sum(), undecodable.sum(), own.sum(), changed.sum());
  }

  /**
   * The sink must not be called after this method has ended, so an interrupt does not cut the
   * waiting short.
   */
  private static void joinAll(List<Thread> workers) {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws Fault {
    switch (failure) {
      case null -> {}
      case Fault e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void work() {
    Batch batch = new Batch();
    try {
      String relative = stack.take();
      while (relative != null) {
        walk(relative, batch);
        stack.done();
        relative = stack.take();
      }
      batch.flush();
    } catch (Stopped e) {
      // Another worker has failed and has said why.
      stack.stop();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      stack.stop();
    }
  }

  private void walk(String relative, Batch batch) throws Fault {
    try (Folder folder = open(relative)) {
      if (folder != null) {
        String prefix = relative.isEmpty() ? "" : relative + "/";
        folder.list((name, kind) -> entry(folder, prefix, name, kind, batch));
      }
    }
  }

  private @Nullable Folder open(String relative) throws Fault {
    try {
      return root.open(relative);
    } catch (Fault e) {
      if (!relative.isEmpty() && isChange(e.errno())) {
        changed.increment();
        return null;
      }
      throw e;
    }
  }

  private void entry(
      Folder folder, String prefix, @Nullable String name, Stat.Kind kind, Batch batch)
      throws Fault {
    if (stack.isStopped()) {
      throw new Stopped();
    }
    if (name == null) {
      undecodable.increment();
    } else if (name.startsWith(Segments.OWN_PREFIX)) {
      own.increment();
    } else {
      switch (kind) {
        case SYMLINK -> symlinks.increment();
        case DIRECTORY -> descend(prefix + name, batch);
        case REGULAR, OTHER -> look(folder, prefix, name, batch);
      }
    }
  }

  private void look(Folder folder, String prefix, String name, Batch batch) throws Fault {
    Stat stat;
    try {
      stat = folder.stat(name);
    } catch (Fault e) {
      if (isChange(e.errno())) {
        changed.increment();
        return;
      }
      throw e;
    }
    switch (stat.kind()) {
      case REGULAR -> batch.add(prefix + name, stat);
      case DIRECTORY -> descend(prefix + name, batch);
      case SYMLINK -> symlinks.increment();
      case OTHER -> special.increment();
    }
  }

  private void descend(String relative, Batch batch) throws Fault {
    if (!stack.offer(relative)) {
      walk(relative, batch);
    }
  }

  private static boolean isChange(Errno errno) {
    return errno == Errno.ENOENT || errno == Errno.ELOOP || errno == Errno.ENOTDIR;
  }

  /** A worker's files on their way to the sink. */
  private final class Batch {
    private final String[] paths = new String[BATCH];
    private final Stat[] stats = new Stat[BATCH];
    private int size;

    void add(String path, Stat stat) {
      paths[size] = path;
      stats[size] = stat;
      size++;
      if (size == BATCH) {
        flush();
      }
    }

    void flush() {
      sinkLock.lock();
      try {
        for (int i = 0; i < size; i++) {
          if (stack.isStopped()) {
            throw new Stopped();
          }
          sink.file(paths[i], stats[i]);
        }
      } catch (Throwable e) {
        // Stopped before the lock is given back: no other worker calls the sink again.
        if (!(e instanceof Stopped)) {
          failure.compareAndSet(null, e);
        }
        stack.stop();
        throw e;
      } finally {
        sinkLock.unlock();
      }
      size = 0;
    }
  }

  private static final class Stopped extends RuntimeException {
    Stopped() {
      super(null, null, false, false);
    }
  }
}
