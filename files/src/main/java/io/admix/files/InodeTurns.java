package io.admix.files;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one worker at a time link an inode: the kernel, and a file server more so, serialises links
 * to one inode, and with several workers on one where each link waits all are slower than one
 * alone. Shared by all tasks of the process. An inode has its turn by its number alone: two that
 * fall on one lock wait for each other without need, which is seldom, and neighbours never do.
 */
final class InodeTurns {
  /** With 128 workers one link in thirty meets another's lock. */
  private static final int LOCKS = 4_096;

  /** Of the process: several tasks may link the same sources. */
  static final InodeTurns SHARED = new InodeTurns();

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  private InodeTurns() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock that whoever links this inode holds. */
  ReentrantLock of(long inode) {
    return locks[(int) (inode ^ inode >>> 12 ^ inode >>> 24) & (LOCKS - 1)];
  }
}
