package io.admix.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line of a terminal that is drawn over and over, and leaves nothing behind: what the bar's own
 * thread draws after the end is dropped, or it would stand before the answer.
 */
final class TerminalLine implements ProgressBarConsumer {
  private static final String CLEAR = "\r\u001b[K";
  private final PrintStream err;
  private final int columns;
  private boolean closed;

  TerminalLine(PrintStream err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    return columns;
  }

  @Override
  public synchronized void accept(String line) {
    if (!closed) {
      err.print(CLEAR + line);
      err.flush();
    }
  }

  @Override
  public synchronized void clear() {
    err.print(CLEAR);
    err.flush();
  }

  @Override
  public synchronized void close() {
    closed = true;
    clear();
  }
}
