package io.admix.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a running task to stop at the next file; the task stays resumable. Safe for use by many
 * threads.
 */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  public void request() {
    requested.set(true);
  }

  public boolean isRequested() {
    return requested.get();
  }
}
