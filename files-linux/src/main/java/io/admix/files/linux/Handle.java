package io.admix.files.linux;

import io.admix.files.Errno;
import io.admix.files.Fault;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that is closed when the last user has left it. Without the count, a call in
 * another thread could meet a number that meanwhile belongs to another file.
 */
final class Handle {
  private static final int CLOSED = 1 << 30;

  private final Resolver resolver;
  private final int fd;
  private final String path;

  /**
   * Number of users, the owner counted until it closes; with the bit {@link #CLOSED} after that.
   */
  private final AtomicInteger users = new AtomicInteger(1);

  Handle(Resolver resolver, int fd, String path) {
    this.resolver = resolver;
    this.fd = fd;
    this.path = path;
  }

  /** The descriptor, good until {@link #leave}; EBADF after {@link #close}. */
  int enter(String operation) throws Fault {
    int now = users.get();
    while ((now & CLOSED) == 0) {
      if (users.compareAndSet(now, now + 1)) {
        return fd;
      }
      now = users.get();
    }
    throw new Fault(operation, Errno.EBADF, path, "the folder was closed");
  }

  void leave() {
    if (users.decrementAndGet() == CLOSED) {
      resolver.close(fd);
    }
  }

  void close() {
    int before = users.getAndUpdate(now -> now | CLOSED);
    if ((before & CLOSED) == 0) {
      leave();
    }
  }
}
