package io.admix.cli;

import java.io.PrintStream;

/** A line every ten seconds: for logs. Short work prints nothing. */
final class LineProgress implements ProgressView {
  private static final long EVERY_NS = 10_000_000_000L;
  private final PrintStream err;
  private long last = System.nanoTime();

  LineProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void at(String step, long done, long total, String detail) {
    long now = System.nanoTime();
    if (now - last >= EVERY_NS) {
      last = now;
      String of = total >= 0 ? Words.number(done) + " of " + Words.files(total) : Words.files(done);
      err.println(step + ": " + of + (detail.isEmpty() ? "" : ", " + detail));
    }
  }

  @Override
  public void close() {}
}
