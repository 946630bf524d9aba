package io.admix.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** One line of a terminal that is drawn over and over, and leaves nothing behind. */
final class TerminalLine implements ProgressBarConsumer {
  private static final String CLEAR = "\r\u001b[K";
  private final PrintStream err;
  private final int columns;

  TerminalLine(PrintStream err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    return columns;
  }

  @Override
  public void accept(String line) {
    err.print(CLEAR + line);
    err.flush();
  }

  @Override
  public void clear() {
    err.print(CLEAR);
    err.flush();
  }

  @Override
  public void close() {
    clear();
  }
}
