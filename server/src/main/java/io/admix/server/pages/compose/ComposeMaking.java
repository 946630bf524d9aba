package io.admix.server.pages.compose;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeDraft;
import io.admix.engine.Admix;
import io.admix.engine.ConflictException;
import io.admix.engine.plan.KeptPlan;
import io.admix.engine.plan.PlannedFiles;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.task.RequestKey;
import io.admix.engine.task.Submission;
import io.admix.engine.task.Submitted;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.security.Audit;
import io.admix.server.security.Browsers;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tries what the form says, and makes it. */
@RestController
final class ComposeMaking {
  private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}");

  private final Admix admix;
  private final Pages pages;
  private final LongReads longReads;

  ComposeMaking(Admix admix, Pages pages, LongReads longReads) {
    this.admix = admix;
    this.pages = pages;
    this.longReads = longReads;
  }

  /** A dry run: a plan that is kept, and what it takes. */
  @PostMapping("/compose/plan")
  ResponseEntity<byte[]> plan(Actor caller, HttpServletRequest request) throws Exception {
    Node.Mapping document = FormDocument.of(FormFields.of(request));
    Recipe recipe = recipe(document);
    KeptPlan plan =
        longReads.<KeptPlan, Exception>change(() -> admix.keptPlans().plan(caller, recipe));
    FilesView files =
        new FilesView(
            plan.sha256(), admix.keptPlans().files(caller, plan.sha256(), 0, FilesView.SIZE));
    return pages.show(
        "compose/trial.jte",
        visit(request),
        new TrialView(
            LiveViews.mark(document), plan, admix.keptPlans().outlook(plan.summary()), files));
  }

  /** A page of the files that a plan chose. */
  @GetMapping("/compose/plan/{id}/files")
  ResponseEntity<byte[]> files(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long offset,
      HttpServletRequest request)
      throws Exception {
    PlannedFiles files =
        longReads.<PlannedFiles, Exception>read(
            () -> admix.keptPlans().files(caller, id, Math.max(0, offset), FilesView.SIZE));
    return pages.show("compose/files.jte", visit(request), new FilesView(id, files));
  }

  /**
   * Begins to make the mix, and leads to its task.
   *
   * @param key of the page's visit: with the same recipe it makes one mix, however often it comes
   * @param plan of a dry run, or ""; executed only when {@code planOf} is this recipe's mark
   * @throws ConflictException when that plan is no longer kept: another draw would be other files
   */
  @PostMapping("/compose")
  ResponseEntity<byte[]> create(
      Actor caller,
      @RequestParam(defaultValue = "") String key,
      @RequestParam(defaultValue = "") String plan,
      @RequestParam(name = "plan-of", defaultValue = "") String planOf,
      HttpServletRequest request)
      throws Exception {
    Node.Mapping document = FormDocument.of(FormFields.of(request));
    String mark = LiveViews.mark(document);
    Recipe recipe = recipe(document);
    @Nullable RequestKey once =
        KEY.matcher(key).matches() ? new RequestKey("page " + key + " " + mark, mark) : null;
    // Before the plan is looked for, which may be gone since.
    Optional<Submitted> before =
        once == null ? Optional.empty() : admix.background().submitted(caller, once);
    Task task =
        before.isPresent()
            ? before.get().task()
            : begin(caller, recipe, once, planOf.equals(mark) ? plan : "");
    Audit.made(task.id());
    URI there = URI.create("/tasks/" + task.id());
    return Browsers.asksForPart(request)
        ? ResponseEntity.noContent().header("HX-Redirect", there.toString()).build()
        : ResponseEntity.status(HttpStatus.SEE_OTHER).location(there).build();
  }

  private Task begin(Actor caller, Recipe recipe, @Nullable RequestKey once, String plan)
      throws Exception {
    if (!plan.isEmpty() && admix.keptPlans().find(caller, plan).isEmpty()) {
      throw new ConflictException(
          "The trial that you saw is no longer kept, so that other files would be chosen. Try it again, then create the mix. Nothing was made.");
    }
    Submission submission =
        new Submission(
            recipe, recipe.name(), TaskOrigin.SERVICE, once, plan.isEmpty() ? null : plan);
    return longReads
        .<Submitted, Exception>change(() -> admix.background().submit(caller, submission))
        .task();
  }

  /** The form's recipe by the same reader as everybody's. */
  private static Recipe recipe(Node.Mapping document) {
    RecipeDraft draft = RecipeReader.draftSent(document);
    Recipe recipe = draft.asked();
    if (recipe == null || !draft.isFinished()) {
      throw new InvalidRecipeException(draft.problems());
    }
    return recipe;
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.COMPOSE, "compose.title");
  }
}
