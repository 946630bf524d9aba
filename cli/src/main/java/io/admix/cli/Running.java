package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.run.TaskFailedException;
import java.io.IOException;
import java.util.Optional;

/**
 * What {@code run}, {@code task resume} and {@code demo} share: progress while it runs, the report
 * at the end.
 */
final class Running {
  private final CommandContext context;
  private final GlobalOptions options;

  Running(CommandContext context, GlobalOptions options) {
    this.context = context;
    this.options = options;
  }

  static RunProgress.Listener listener(ProgressView view) {
    return progress ->
        view.at(
            progress.step(),
            progress.files(),
            progress.filesTotal() > 0 ? progress.filesTotal() : -1,
            detail(progress));
  }

  private static String detail(RunProgress progress) {
    if (progress.phase() != Task.Phase.PLACING) {
      return "";
    }
    int working = progress.workers();
    int allowed = progress.workersAllowed();
    String workers =
        working < allowed
            ? working + " of " + allowed + " workers"
            : working == 1 ? "1 worker" : working + " workers";
    String failures =
        progress.failures() == 0 ? "" : ", " + Words.number(progress.failures()) + " failed";
    return Words.bytes(progress.bytes()) + ", " + workers + failures;
  }

  /** Prints the report and answers the exit code. */
  int report(RunReport report) {
    if (options.json) {
      Json.print(context.console(), ReportJson.run(report));
    } else {
      new ReportText(context.console().outStyle())
          .lines(report)
          .forEach(context.console().out()::println);
    }
    return exitCode(report);
  }

  /** A failed run has an answer for programs too: how far it came. */
  void failed(Admix admix, TaskFailedException failure) throws IOException {
    Optional<Task> task = admix.mixes().task(failure.taskId());
    if (options.json && task.isPresent()) {
      Json.print(context.console(), ReportJson.run(admix.mixes().report(task.get())));
    }
  }

  private static int exitCode(RunReport report) {
    if (!report.status().equals("COMPLETED")) {
      return ExitCode.FAILED;
    }
    boolean isShort =
        report.failuresTotal() > 0 && report.target().files() < report.plan().entries();
    return isShort && !report.unchanged() ? ExitCode.SKIPPED : ExitCode.DONE;
  }
}
