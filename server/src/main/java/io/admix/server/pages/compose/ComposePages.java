package io.admix.server.pages.compose;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.RecipeWriter;
import io.admix.engine.Admix;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.recipe.RecipeReader;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The form of a recipe, and what follows it while it is filled in. */
@RestController
final class ComposePages {
  private static final int FOUND_MOST = 12;

  private final Admix admix;
  private final Pages pages;
  private final LongReads longReads;

  ComposePages(Admix admix, Pages pages, LongReads longReads) {
    this.admix = admix;
    this.pages = pages;
    this.longReads = longReads;
  }

  /**
   * The page.
   *
   * @param dataset ids or names of datasets to begin with
   * @param from id of a task whose recipe to begin with
   * @param recipe a recipe as a text to begin with
   */
  @GetMapping("/compose")
  ResponseEntity<byte[]> show(
      Actor caller,
      @RequestParam(required = false) @Nullable List<String> dataset,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String recipe,
      HttpServletRequest request)
      throws RefusedException, InterruptedException {
    ComposeForm form =
        from != null
            ? ofTask(caller, from)
            : recipe != null
                ? DocumentForm.of(RecipeReader.document(recipe))
                : ofDatasets(caller, dataset == null ? List.of() : dataset);
    return pages.show("compose/compose.jte", visit(request), view(caller, form));
  }

  private ComposeForm ofTask(Actor caller, String id) throws NotThereException {
    Task task =
        admix
            .background()
            .find(caller, id)
            .orElseThrow(() -> new NotThereException("There is no such task."));
    ComposeForm form =
        DocumentForm.of(RecipeWriter.write(RecipeJson.parse(task.recipe()))).withoutSeed();
    return form.named(freeName(caller, form.name()));
  }

  /** The name that a copy gets: the first number behind it that nobody has. */
  private String freeName(Actor caller, String name) {
    String free = name;
    for (int i = 2; admix.previews().isTaken(caller, free) && i < 100; i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private ComposeForm ofDatasets(Actor caller, List<String> chosen)
      throws NotThereException, ConflictException {
    List<ComposeRow> rows = new ArrayList<>();
    for (String idOrName : chosen.stream().limit(ComposeForm.ROWS_MOST).toList()) {
      rows.add(row(caller, Integer.toString(rows.size()), idOrName));
    }
    return ComposeForm.of(rows);
  }

  /** By its name, unless that means another dataset or several. */
  private ComposeRow row(Actor caller, String key, String idOrName)
      throws NotThereException, ConflictException {
    Dataset dataset = admix.sharedDatasets().find(caller, idOrName);
    return ComposeRow.of(key, admix.previews().reference(caller, dataset));
  }

  private ComposeView view(Actor caller, ComposeForm form) throws InterruptedException {
    boolean hasDatasets =
        admix.sharedDatasets().list(caller, DatasetQuery.active(new PageRequest(1, 1))).total() > 0;
    return new ComposeView(form, live(caller, form), UUID.randomUUID().toString(), hasDatasets);
  }

  private LiveView live(Actor caller, ComposeForm form) throws InterruptedException {
    Node.Mapping document = FormDocument.of(form);
    return LiveViews.of(
        form,
        document,
        longReads.<io.admix.engine.plan.Preview, RuntimeException>read(
            () -> admix.previews().preview(caller, document)));
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.COMPOSE, "compose.title");
  }

  /** What the form gives now. */
  @PostMapping("/compose/live")
  ResponseEntity<byte[]> live(Actor caller, HttpServletRequest request)
      throws RefusedException, InterruptedException {
    Audit.asked();
    ComposeForm form = FormFields.of(request);
    return pages.show("compose/live.jte", visit(request), live(caller, form));
  }

  /** Datasets to choose from. */
  @GetMapping("/compose/datasets")
  ResponseEntity<byte[]> datasets(
      Actor caller, @RequestParam(defaultValue = "") String q, HttpServletRequest request) {
    DatasetQuery query =
        new DatasetQuery(
            null,
            q.isBlank() ? null : q.strip(),
            null,
            "ACTIVE",
            DatasetQuery.Order.NAME,
            new PageRequest(1, FOUND_MOST));
    var page = admix.sharedDatasets().list(caller, query);
    return pages.show(
        "compose/found.jte",
        visit(request),
        new DatasetsFound(q.strip(), page.items(), page.total()));
  }

  /** A new row. */
  @GetMapping("/compose/row")
  ResponseEntity<byte[]> row(
      Actor caller,
      @RequestParam String dataset,
      @RequestParam String key,
      HttpServletRequest request)
      throws NotThereException, ConflictException {
    return pages.show("compose/row.jte", visit(request), row(caller, key, dataset));
  }

  /** The labels of a row's dataset, counted. */
  @GetMapping("/compose/labels")
  ResponseEntity<byte[]> labels(
      Actor caller,
      @RequestParam String dataset,
      @RequestParam String key,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(required = false) @Nullable List<String> value,
      HttpServletRequest request)
      throws RefusedException, InterruptedException {
    ComposeRow.Labelled chosen = new ComposeRow.Labelled(label, value == null ? List.of() : value);
    LabelsView view =
        longReads.<LabelsView, RefusedException>read(
            () -> LabelsView.of(key, chosen, admix.previews().labels(caller, dataset)));
    return pages.show("compose/labels.jte", visit(request), view);
  }

  /**
   * Takes a recipe as a text over: the form with it, or what is wrong with it.
   *
   * @param draft whether it may be unfinished: the page's own address said it
   */
  @PostMapping("/compose/read")
  ResponseEntity<byte[]> read(
      Actor caller,
      @RequestParam(defaultValue = "") String yaml,
      @RequestParam(defaultValue = "false") boolean draft,
      HttpServletRequest request) {
    Audit.asked();
    try {
      Node.Mapping document =
          draft ? RecipeReader.document(yaml) : RecipeWriter.write(RecipeReader.readSent(yaml));
      ComposeForm form = DocumentForm.of(document);
      return pages.show("compose/form.jte", visit(request), form);
    } catch (InvalidRecipeException e) {
      return pages.show(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "compose/unread.jte",
          visit(request),
          new ReadView(e.problems()));
    }
  }
}
