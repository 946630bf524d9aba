package io.admix.cli;

import io.admix.engine.StopSignal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM. The first one asks the running command to end by itself, so that it gives its
 * task back and says how to go on; the second, or twenty seconds (of a service its grace), end the
 * process at once, which loses nothing either: a task is recoverable from every instant.
 *
 * <p>The signals are handled here rather than in a shutdown hook: a hook would have to wait for the
 * main thread, whose own System.exit waits for the hook.
 */
final class Interruption {
  private static final int PATIENCE_MS = 20_000;
  private static final int SIGNAL_BASE = 128;

  private final AtomicInteger signal = new AtomicInteger();
  private final StopSignal stop = new StopSignal();
  private volatile boolean isRunning;
  private volatile long patienceMs = PATIENCE_MS;

  /** Handles the process's signals from now on, on behalf of the calling thread. */
  void install(Console console) {
    Thread main = Thread.currentThread();
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Signal.handle(new Signal(name), s -> received(s.getNumber(), main, console));
      } catch (IllegalArgumentException e) {
        // The JVM keeps this signal to itself (-Xrs): then it ends the process at once, which is
        // safe too.
      }
    }
  }

  /** The signal that a run watches; from now on the first signal is left to it. */
  StopSignal stopForRun() {
    isRunning = true;
    return stop;
  }

  /** From now on the process is ended by force this long after the first signal. */
  void patience(Duration patience) {
    patienceMs = patience.toMillis();
  }

  /** 130 or 143, as the signal was. */
  int exitCode() {
    int number = signal.get();
    return number == 0 ? ExitCode.INTERRUPTED : SIGNAL_BASE + number;
  }

  boolean isReceived() {
    return signal.get() != 0;
  }

  void received(int number, Thread main, Console console) {
    if (!signal.compareAndSet(0, number)) {
      Runtime.getRuntime().halt(SIGNAL_BASE + number);
    }
    if (isRunning) {
      console
          .err()
          .println(
              "\nStopping: files in hand are finished and recorded. Once more to stop at once.");
      stop.request();
    } else {
      main.interrupt();
    }
    Thread watch = new Thread(() -> haltLater(number), "interruption-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private void haltLater(int number) {
    try {
      Thread.sleep(patienceMs);
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(SIGNAL_BASE + number);
  }
}
