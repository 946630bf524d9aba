package io.admix.spark;

import io.admix.catalog.CatalogException;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.engine.RefusedException;
import io.admix.engine.place.StoreTrouble;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.run.TaskFailedException;
import io.admix.engine.run.TaskInterruptedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkException;

/** From what went wrong to words and an exit code: the words of {@code admix run}. */
final class Failures {
  private Failures() {}

  static int tell(Exception failure, PrintStream err) {
    return switch (failure) {
      case RefusedException e -> lines(err, e.problems(), Main.REFUSED);
      case PlanException e -> lines(err, e.problems(), Main.REFUSED);
      case InvalidRecipeException e ->
          lines(err, e.problems().stream().map(Object::toString).toList(), Main.REFUSED);
      case InfeasibleException e -> infeasible(err, e);
      case TaskFailedException e -> failed(err, e);
      case TaskInterruptedException e -> lines(err, List.of(words(e)), Main.FAILED);
      case CatalogException e -> lines(err, List.of(words(e)), Main.FAILED);
      case IOException e -> lines(err, List.of(StoreTrouble.words(e)), Main.FAILED);
      case InterruptedException e -> lines(err, List.of("Stopped."), Main.FAILED);
      default -> unexpected(err, failure);
    };
  }

  private static int infeasible(PrintStream err, InfeasibleException failure) {
    err.println("admix: The sources cannot give what is asked. Nothing was made.");
    failure
        .shortages()
        .forEach(s ->
            err.println(
                "  %s: asked %,d, available %,d".formatted(s.source(), s.asked(), s.usable())));
    return Main.INFEASIBLE;
  }

  private static int failed(PrintStream err, TaskFailedException failure) {
    err.println("admix: " + words(failure));
    failure.failures().stream()
        .limit(5)
        .forEach(f ->
            err.println("  %s/%s: %s, %s".formatted(f.source(), f.path(), f.reason(), f.detail())));
    err.println(
        failure.isResumable()
            ? "Go on: the same command again, or admix task resume %s   Give up: admix task cancel %s"
                .formatted(failure.taskId(), failure.taskId())
            : "The task is over; its name and target are free.");
    return Main.FAILED;
  }

  private static int lines(PrintStream err, List<String> problems, int code) {
    problems.forEach(problem -> err.println("admix: " + problem));
    return code;
  }

  private static int unexpected(PrintStream err, Exception failure) {
    if (failure instanceof SparkException
        || failure.getClass().getName().startsWith("org.apache")) {
      return lines(
          err, List.of("Spark: " + words(failure).lines().findFirst().orElse("")), Main.FAILED);
    }
    err.println("admix: a fault of Admix itself; please report it with the lines below.");
    failure.printStackTrace(err);
    return Main.FAILED;
  }

  private static String words(Exception failure) {
    return StoreTrouble.words(failure);
  }
}
