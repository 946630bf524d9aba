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
import io.admix.server.pages.PageParameters;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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
    TakenOver taken =
        from != null
            ? ofTask(caller, from)
            : recipe != null
                ? TakenOver.of(RecipeReader.document(recipe))
                : TakenOver.of(ofDatasets(caller, dataset == null ? List.of() : dataset));
    return pages.show("compose/compose.jte", visit(request), view(caller, taken));
  }

  private TakenOver ofTask(Actor caller, String id) throws RefusedException {
    Task task =
        admix
            .background()
            .find(caller, id)
            .orElseThrow(() -> new NotThereException("There is no such task."));
    TakenOver taken =
        TakenOver.of(withoutTarget(RecipeWriter.write(RecipeJson.parse(task.recipe()))));
    ComposeForm form = taken.form().withoutSeed();
    return new TakenOver(form.named(freeName(caller, form.name())), taken.left());
  }

  /** A copy is made where the service makes its mixes. */
  private static Node.Mapping withoutTarget(Node.Mapping recipe) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>(recipe.entries());
    entries.remove("target");
    return new Node.Mapping(entries, recipe.keys(), recipe.place());
  }

  /** The name that a copy gets: the first number behind it that nobody has. */
  private String freeName(Actor caller, String name) {
    String free = name;
    for (int i = 2; admix.previews().isTaken(caller, free) && i < 100; i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private ComposeForm ofDatasets(Actor caller, List<String> chosen) throws RefusedException {
    TakenOver.requireRoom(chosen.size());
    List<ComposeRow> rows = new ArrayList<>();
    for (String idOrName : chosen) {
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

  private ComposeView view(Actor caller, TakenOver taken) throws InterruptedException {
    boolean hasDatasets =
        admix.sharedDatasets().list(caller, DatasetQuery.active(new PageRequest(1, 1))).total() > 0;
    return new ComposeView(
        taken, live(caller, taken.form()), UUID.randomUUID().toString(), hasDatasets);
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
    String part = PageParameters.search(q);
    DatasetQuery query =
        new DatasetQuery(
            null,
            part.isEmpty() ? null : part,
            null,
            "ACTIVE",
            DatasetQuery.Order.NAME,
            new PageRequest(1, FOUND_MOST));
    var page = admix.sharedDatasets().list(caller, query);
    return pages.show(
        "compose/found.jte", visit(request), new DatasetsFound(part, page.items(), page.total()));
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
   * Takes a recipe as a text over: the form with it, or what is wrong with it. It comes as a plain
   * text, which may be larger than a form.
   *
   * @param draft whether it may be unfinished, and lose what the form cannot hold: the page's own
   *     address said it
   */
  @PostMapping(path = "/compose/read", consumes = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<byte[]> read(
      Actor caller,
      @RequestParam(defaultValue = "false") boolean draft,
      @RequestBody(required = false) byte @Nullable [] yaml,
      HttpServletRequest request)
      throws RefusedException {
    Audit.asked();
    String text = yaml == null ? "" : new String(yaml, StandardCharsets.UTF_8);
    try {
      TakenOver taken =
          draft
              ? TakenOver.of(RecipeReader.document(text))
              : TakenOver.of(TakenOver.of(RecipeWriter.write(RecipeReader.readSent(text))).whole());
      return pages.show("compose/fields.jte", visit(request), taken);
    } catch (InvalidRecipeException e) {
      return pages.show(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "compose/unread.jte",
          visit(request),
          new ReadView(e.problems()));
    }
  }
}
