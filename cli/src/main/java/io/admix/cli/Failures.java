package io.admix.cli;

import io.admix.catalog.CatalogException;
import io.admix.catalog.NameTakenException;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.engine.RefusedException;
import io.admix.engine.place.StoreTrouble;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.Shortage;
import io.admix.engine.report.FailureReport;
import io.admix.engine.run.TaskFailedException;
import io.admix.engine.run.TaskInterruptedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;

/** From what went wrong to words on stderr and an exit code. */
final class Failures {
  private static final int FAILURES_SHOWN = 5;

  private Failures() {}

  static int report(Exception failure, CommandContext context) {
    Console console = context.console();
    return switch (failure) {
      case RecipeRefusedException e -> lines(console, e.lines(), ExitCode.REFUSED);
      case RefusedException e -> lines(console, e.problems(), ExitCode.REFUSED);
      case PlanException e -> lines(console, e.problems(), ExitCode.REFUSED);
      case InvalidRecipeException e ->
          lines(console, e.problems().stream().map(Object::toString).toList(), ExitCode.REFUSED);
      case InvalidPlanException e -> lines(console, List.of(words(e)), ExitCode.REFUSED);
      case NameTakenException e -> lines(console, List.of(words(e)), ExitCode.REFUSED);
      case InfeasibleException e -> infeasible(console, e);
      case TaskFailedException e -> failed(console, e);
      case TaskInterruptedException e -> interrupted(context, e);
      case InterruptedException e -> stopped(context);
      case CatalogException e -> lines(console, List.of(words(e)), ExitCode.FAILED);
      case FileSystemException e -> lines(console, List.of(fileSystem(e)), ExitCode.FAILED);
      case IOException e -> lines(console, List.of(words(e)), ExitCode.FAILED);
      case UncheckedIOException e ->
          report(e.getCause() == null ? new IOException(e) : e.getCause(), context);
      default -> unexpected(failure, context);
    };
  }

  /** Bad usage: what is wrong, and where the help is. */
  static int usage(CommandLine.ParameterException failure, Console console) {
    CommandLine command = failure.getCommandLine();
    console.err().println(console.errStyle().bad("admix:") + " " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      console.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.REFUSED;
  }

  private static int lines(Console console, List<String> problems, int code) {
    String label = console.errStyle().bad("admix:");
    problems.forEach(problem -> console.err().println(label + " " + problem));
    return code;
  }

  private static int infeasible(Console console, InfeasibleException failure) {
    console
        .err()
        .println(
            console.errStyle().bad("admix:")
                + " The sources cannot give what is asked. Nothing was made.");
    Table table = new Table("source", ">asked", ">available", ">missing", "");
    for (Shortage shortage : failure.shortages()) {
      boolean isOverlapped = shortage.usable() < shortage.available();
      table.row(
          shortage.source(),
          Words.number(shortage.asked()),
          Words.number(shortage.available()),
          Words.number(shortage.asked() - shortage.usable()),
          isOverlapped
              ? Words.number(shortage.available() - shortage.usable())
                  + " of these go to an earlier source"
              : "");
    }
    table.lines(console.errStyle()).forEach(line -> console.err().println("  " + line));
    console
        .err()
        .println(
            "Ask for less, loosen a filter, or say what to do: on-shortage: take-all (a smaller mix) or redistribute (others give more); total: max takes the largest mix that keeps the ratio.");
    return ExitCode.INFEASIBLE;
  }

  private static int failed(Console console, TaskFailedException failure) {
    console.err().println(console.errStyle().bad("admix:") + " " + failure.getMessage());
    List<FailureReport> failures = failure.failures();
    failures.stream()
        .limit(FAILURES_SHOWN)
        .forEach(f ->
            console
                .err()
                .println(
                    "  " + f.source() + "/" + f.path() + ": " + f.reason() + ", " + f.detail()));
    if (failures.size() > FAILURES_SHOWN) {
      console.err().println("  … and more: admix task show " + failure.taskId());
    }
    console
        .err()
        .println(
            failure.isResumable()
                ? placed(failure)
                    + " Go on: admix task resume "
                    + failure.taskId()
                    + "   Give up: admix task cancel "
                    + failure.taskId()
                : "The task is over; its name and target are free.");
    return ExitCode.FAILED;
  }

  private static String placed(TaskFailedException failure) {
    return failure.placed() == 0
        ? "No file is placed yet."
        : "Placed and kept so far: " + Words.files(failure.placed()) + ".";
  }

  private static int interrupted(CommandContext context, TaskInterruptedException failure) {
    Console console = context.console();
    if (failure.reason() != TaskInterruptedException.Cause.STOPPED) {
      return lines(
          console, List.of("Task " + failure.taskId() + ": " + words(failure)), ExitCode.FAILED);
    }
    console
        .err()
        .println(
            "Stopped; nothing is published, what was placed is kept. Go on: run the same command again, or admix task resume "
                + failure.taskId()
                + "   Give up: admix task cancel "
                + failure.taskId());
    return context.interruption().exitCode();
  }

  private static int stopped(CommandContext context) {
    context.console().err().println("Stopped; nothing was registered or published.");
    return context.interruption().exitCode();
  }

  private static int unexpected(Exception failure, CommandContext context) {
    if (context.interruption().isReceived()) {
      return stopped(context);
    }
    context
        .console()
        .err()
        .println("admix: a fault of Admix itself; please report it with the lines below.");
    failure.printStackTrace(context.console().err());
    return ExitCode.FAILED;
  }

  private static String fileSystem(FileSystemException failure) {
    String reason = failure.getReason();
    return failure.getFile()
        + ": "
        + (reason == null ? failure.getClass().getSimpleName().replace("Exception", "") : reason)
        + ".";
  }

  private static String words(Exception failure) {
    return StoreTrouble.words(failure);
  }
}
