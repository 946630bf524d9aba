package io.admix.files.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes the parts of one object, some at a time; the first fault ends all. */
final class PartCrew {
  /** Makes the n-th part, counted from 1. */
  @FunctionalInterface
  interface Maker {
    ObjectStore.Part make(int number) throws ObjectFault;
  }

  private final ObjectKey target;
  private final Maker maker;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ObjectStore.@Nullable Part[] made;

  private PartCrew(ObjectKey target, int count, Maker maker) {
    this.target = target;
    this.made = new ObjectStore.Part[count];
    this.maker = maker;
  }

  static List<ObjectStore.Part> make(ObjectKey target, int count, int atOnce, Maker maker)
      throws ObjectFault {
    PartCrew crew = new PartCrew(target, count, maker);
    if (atOnce == 1 || count == 1) {
      crew.work();
    } else {
      crew.workTogether(Math.min(atOnce, count));
    }
    return crew.result();
  }

  private void work() {
    while (failure.get() == null) {
      int index = taken.getAndIncrement();
      if (index >= made.length) {
        return;
      }
      try {
        made[index] = maker.make(index + 1);
      } catch (ObjectFault | RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void workTogether(int threads) {
    List<Thread> workers = new ArrayList<>(threads);
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofVirtual().name("admix-part-" + i).start(this::work));
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, interrupted());
          workers.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectFault interrupted() {
    return new ObjectFault(
        "UploadPartCopy",
        FaultKind.INTERRUPTED,
        target.toString(),
        "asked to stop between two parts");
  }

  private List<ObjectStore.Part> result() throws ObjectFault {
    Throwable failed = failure.get();
    switch (failed) {
      case null -> {
        return Arrays.stream(made).map(Objects::requireNonNull).toList();
      }
      case ObjectFault fault -> throw fault;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failed);
    }
  }
}
