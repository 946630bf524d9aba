package io.admix.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a walk has seen and not yet read: last in, first out, which keeps them few;
 * bounded; and it knows when the walk is over.
 */
final class ScanStack {
  private static final int FOLDERS_MAX = 4_096;

  private final Deque<String> folders = new ArrayDeque<>();
  private int unfinished;
  private volatile boolean stopped;

  /** Takes a folder in, or answers false when it is full: the caller reads it itself then. */
  synchronized boolean offer(String folder) {
    if (folders.size() >= FOLDERS_MAX) {
      return false;
    }
    folders.push(folder);
    unfinished++;
    notify();
    return true;
  }

  /** The next folder, waiting for one; null when all are read or the walk was stopped. */
  synchronized @Nullable String take() {
    while (folders.isEmpty() && unfinished > 0 && !stopped) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts the workers but a stop of the whole process.
        stop();
      }
    }
    return stopped ? null : folders.poll();
  }

  /** A folder that was taken has been read. */
  synchronized void done() {
    unfinished--;
    if (unfinished == 0) {
      notifyAll();
    }
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  boolean isStopped() {
    return stopped;
  }
}
