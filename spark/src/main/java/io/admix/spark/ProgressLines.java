package io.admix.spark;

import io.admix.catalog.Task;
import io.admix.engine.run.RunProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line about how far it is, every few seconds. */
final class ProgressLines implements RunProgress.Listener {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream err;
  private long next = System.nanoTime();
  private String step = "";

  ProgressLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void progress(RunProgress progress) {
    long now = System.nanoTime();
    if (now - next < 0 && progress.step().equals(step)) {
      return;
    }
    next = now + EVERY;
    step = progress.step();
    err.println(words(progress));
  }

  private static String words(RunProgress progress) {
    if (progress.phase() != Task.Phase.PLACING) {
      return "admix: " + progress.step();
    }
    return String.format(
        Locale.ROOT,
        "admix: %s %,d of %,d files, %,d failed",
        progress.step(),
        progress.files(),
        progress.filesTotal(),
        progress.failures());
  }
}
