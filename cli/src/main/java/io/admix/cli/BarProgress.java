package io.admix.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar per step on a terminal; it is gone when the step is over, and the answer stands alone. */
final class BarProgress implements ProgressView {
  private static final int UPDATE_MS = 100;
  private final Console console;
  private @Nullable ProgressBar bar;
  private @Nullable TerminalLine line;
  private String step = "";
  private boolean isBounded;

  BarProgress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void at(String newStep, long done, long total, String detail) {
    ProgressBar current = bar;
    if (current == null || !newStep.equals(step) || isBounded != total >= 0) {
      close();
      current = open(newStep, total);
    }
    if (total >= 0) {
      current.maxHint(total);
    }
    current.stepTo(done);
    current.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
  }

  private ProgressBar open(String newStep, long total) {
    step = newStep;
    isBounded = total >= 0;
    TerminalLine drawn = new TerminalLine(console.err(), console.columns() - 1);
    ProgressBar opened =
        new ProgressBarBuilder()
            .setTaskName(newStep)
            .setInitialMax(total)
            .setUpdateIntervalMillis(UPDATE_MS)
            .setRenderer(new BarRenderer(console.errStyle()))
            .setConsumer(drawn)
            .clearDisplayOnFinish()
            .build();
    bar = opened;
    line = drawn;
    return opened;
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (line != null) {
      line.close();
      line = null;
    }
  }
}
