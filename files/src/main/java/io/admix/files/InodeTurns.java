package io.admix.files;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one worker at a time link an inode: the kernel, and a file server more so, serialises links
 * to one inode, and with several workers on one where each link waits all are slower than one
 * alone. Shared by all tasks of the process. Two inodes that fall on one lock wait for each other
 * without need, which is seldom.
 *
 * <p>A turn is for speed alone: nobody waits for it without end, because whoever has it may hang in
 * a file server that does not answer, and other tasks have nothing to do with that.
 */
final class InodeTurns {
  /** With 128 workers one link in thirty meets another's lock. */
  private static final int LOCKS = 4_096;

  private static final long PATIENCE_NS = 100_000_000;

  /** Of the process: several tasks may link the same sources. */
  static final InodeTurns SHARED = new InodeTurns(PATIENCE_NS);

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final long patienceNanos;

  /** For tests: otherwise {@link #SHARED}. */
  InodeTurns(long patienceNanos) {
    this.patienceNanos = patienceNanos;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock that whoever links this inode of this device holds. */
  ReentrantLock of(long device, long inode) {
    long key = inode ^ device * 0x9E37_79B9_7F4A_7C15L;
    return locks[(int) (key ^ key >>> 12 ^ key >>> 24) & (LOCKS - 1)];
  }

  /** Waits a while for a lock that another holds; false when it is to be done without. */
  boolean await(ReentrantLock turn) {
    try {
      return turn.tryLock(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
