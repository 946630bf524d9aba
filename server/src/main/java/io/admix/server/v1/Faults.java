package io.admix.server.v1;

import io.admix.catalog.AmbiguousNameException;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.report.DamagedReportException;
import io.admix.engine.task.RequestKeyReusedException;
import io.admix.engine.verify.DamagedManifestException;
import io.admix.server.BusyException;
import io.admix.server.security.Unreadable;
import io.admix.server.v1.ProblemException.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Which problem each fault is. */
public final class Faults {
  private Faults() {}

  /** The problem, or null for a fault that nobody foresaw. */
  public static @Nullable Problem problem(Exception fault) {
    return switch (fault) {
      case ProblemException known -> known.problem();
      case BusyException busy -> Problem.of(ProblemType.UNAVAILABLE, text(busy));
      case InvalidRecipeException recipe ->
          Problem.of(
              ProblemType.INVALID_RECIPE, recipe.problems().stream().map(FieldError::of).toList());
      case RefusedException refused -> refused(refused);
      case InfeasibleException infeasible ->
          new Problem(ProblemType.INFEASIBLE, text(infeasible), List.of(), infeasible.shortages());
      case PlanException plan -> listed(ProblemType.CANNOT_PLAN, plan.problems());
      case InvalidPlanException plan -> Problem.of(ProblemType.DAMAGED_PLAN, text(plan));
      case AmbiguousNameException name -> Problem.of(ProblemType.CONFLICT, text(name));
      case CatalogUnavailableException away ->
          Problem.of(
              ProblemType.UNAVAILABLE,
              "The database cannot be reached just now; nothing was changed. Try again.");
      case InterruptedException stopping ->
          Problem.of(ProblemType.UNAVAILABLE, "The service is being stopped. Try again.");
      case DamagedReportException report -> Problem.of(ProblemType.DAMAGED, text(report));
      case DamagedManifestException manifest -> Problem.of(ProblemType.DAMAGED, text(manifest));
      default -> web(fault);
    };
  }

  private static Problem refused(RefusedException refused) {
    return switch (refused) {
      case FieldsException fields ->
          Problem.of(
              ProblemType.INVALID_BODY,
              fields.fields().stream().map(f -> new FieldError(f.field(), f.problem())).toList());
      case NotThereException none -> listed(ProblemType.NOT_FOUND, none.problems());
      case NotYoursException other -> listed(ProblemType.NOT_YOURS, other.problems());
      case RequestKeyReusedException key ->
          Problem.of(
              ProblemType.KEY_REUSED, List.of(new FieldError(IdempotencyKey.HEADER, text(key))));
      case ConflictException conflict -> listed(ProblemType.CONFLICT, conflict.problems());
      default -> listed(ProblemType.REFUSED, refused.problems());
    };
  }

  private static Problem listed(ProblemType type, List<String> problems) {
    return problems.size() == 1
        ? Problem.of(type, problems.getFirst())
        : Problem.of(type, problems.stream().map(p -> new FieldError("", p)).toList());
  }

  private static @Nullable Problem web(Exception fault) {
    return switch (fault) {
      case HttpRequestMethodNotSupportedException method ->
          Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "%s is not known here; known: %s"
                  .formatted(
                      method.getMethod(),
                      String.join(", ", Methods.allowed(method.getSupportedHttpMethods()))));
      case HttpMediaTypeNotAcceptableException accept ->
          Problem.of(
              ProblemType.NOT_ACCEPTABLE,
              "Accept names no form in which this can be answered; possible: "
                  + MediaTypes.words(accept.getSupportedMediaTypes()));
      case HttpMediaTypeNotSupportedException type ->
          Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              List.of(
                  new FieldError(
                      "Content-Type",
                      "is not read here; read are: "
                          + MediaTypes.words(type.getSupportedMediaTypes()))));
      case NoResourceFoundException none -> nothing();
      case NoHandlerFoundException none -> nothing();
      default -> {
        String why = Unreadable.why(fault);
        ProblemType type =
            Unreadable.isTooLarge(fault) ? ProblemType.TOO_LARGE : ProblemType.INVALID_REQUEST;
        yield why == null ? null : Problem.of(type, why);
      }
    };
  }

  private static Problem nothing() {
    return Problem.of(
        ProblemType.NOT_FOUND, "Nothing is at this address; /v3/api-docs describes what there is.");
  }

  private static String text(Exception fault) {
    return String.valueOf(fault.getMessage());
  }
}
