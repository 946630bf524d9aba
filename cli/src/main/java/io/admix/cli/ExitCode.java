package io.admix.cli;

/** What the process answers; a written contract of docs/cli.md. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;
  static final int INFEASIBLE = 3;
  static final int SKIPPED = 4;

  /** Ctrl-C (128 + SIGINT). */
  static final int INTERRUPTED = 130;

  /** SIGTERM (128 + 15). */
  static final int TERMINATED = 143;

  private ExitCode() {}
}
