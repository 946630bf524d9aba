package io.admix.cli;

/** Shows how far a command is. Used by one thread at a time. */
interface ProgressView extends AutoCloseable {
  /**
   * @param step what is done, such as {@code placing}
   * @param done in this step
   * @param total of this step, -1 while it is not known
   * @param detail more for people, or empty
   */
  void at(String step, long done, long total, String detail);

  @Override
  void close();

  /** A bar on a terminal, sparse lines elsewhere, nothing when it was not asked for. */
  static ProgressView on(Console console, GlobalOptions options) {
    if (options.quiet || options.json) {
      return new SilentProgress();
    }
    return console.errKind() == Console.Kind.TERMINAL
        ? new BarProgress(console)
        : new LineProgress(console.err());
  }
}
