package io.admix.spark;

import io.admix.engine.StopSignal;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM: the first asks the task to end by itself, so that it can go on later; the
 * second ends the process at once, which loses nothing either.
 */
final class Stopping {
  private static final int SIGNAL_BASE = 128;

  private final StopSignal stop;
  private final AtomicInteger signal = new AtomicInteger();

  Stopping(StopSignal stop) {
    this.stop = stop;
  }

  void install() {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Signal.handle(new Signal(name), s -> received(s.getNumber()));
      } catch (IllegalArgumentException e) {
        // The JVM keeps this signal to itself (-Xrs): it ends the process at once, which is safe.
      }
    }
  }

  private void received(int number) {
    if (!signal.compareAndSet(0, number)) {
      Runtime.getRuntime().halt(SIGNAL_BASE + number);
    }
    stop.request();
  }

  int exitCode(int code) {
    int number = signal.get();
    return code == Main.FAILED && number != 0 ? SIGNAL_BASE + number : code;
  }
}
