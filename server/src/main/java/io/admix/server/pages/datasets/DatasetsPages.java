package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.FilePage;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetLooks;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.demo.DemoData;
import io.admix.server.LongReads;
import io.admix.server.pages.PageParameters;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of datasets, and one of them. */
@RestController
final class DatasetsPages {
  private static final int PAGE_SIZE = 50;
  private static final int FILES = 25;
  private static final Set<String> SAID = Set.of("removed", "demo-made", "demo-there");

  private final SharedDatasets datasets;
  private final DatasetLooks looks;
  private final DemoData demo;
  private final Scans scans;
  private final LongReads longReads;
  private final Admix admix;
  private final Pages pages;

  DatasetsPages(Admix admix, Pages pages, Scans scans, LongReads longReads) {
    this.admix = admix;
    this.datasets = admix.sharedDatasets();
    this.looks = admix.datasetLooks();
    this.demo = admix.demoData();
    this.scans = scans;
    this.longReads = longReads;
    this.pages = pages;
  }

  @GetMapping("/datasets")
  ResponseEntity<byte[]> list(
      Actor caller,
      @RequestParam(defaultValue = "") String search,
      @RequestParam(defaultValue = "") String order,
      @RequestParam(defaultValue = "1") String page,
      @RequestParam(defaultValue = "") String said,
      HttpServletRequest request)
      throws RefusedException {
    DatasetQuery.Order wanted = order(order);
    int number = Answers.page(page);
    String text = PageParameters.search(search);
    Page<Dataset> found =
        datasets.list(
            caller,
            new DatasetQuery(
                null,
                text.isEmpty() ? null : text,
                null,
                "ACTIVE",
                wanted,
                new PageRequest(number, PAGE_SIZE)));
    DatasetList model =
        new DatasetList(
            text,
            wanted,
            number,
            found.pages(PAGE_SIZE),
            found.total(),
            rows(caller, found.items()),
            scans.of(caller, ""),
            !admix.folderPicker().roots().isEmpty(),
            SAID.contains(said) ? "datasets.said." + said : null);
    return pages.show("datasets/list.jte", visit(request, "datasets.title"), model);
  }

  private static DatasetQuery.Order order(String word) {
    return Stream.of(DatasetQuery.Order.values())
        .filter(order -> order.name().equals(word))
        .findFirst()
        .orElse(DatasetQuery.Order.NEWEST);
  }

  private List<DatasetList.Row> rows(Actor caller, List<Dataset> found) throws RefusedException {
    List<DatasetList.Row> rows = new ArrayList<>();
    for (Dataset dataset : found) {
      try {
        rows.add(
            new DatasetList.Row(
                dataset,
                looks.labelNames(caller, dataset.id()),
                DatasetView.canRescan(caller, dataset)));
      } catch (NotThereException e) {
        // It went meanwhile.
      }
    }
    return rows;
  }

  private Visit visit(HttpServletRequest request, String title, Object... places) {
    return pages.visit(request, Room.DATASETS, title, places);
  }

  /** Files and registrations are made once; a second click finds them. */
  @PostMapping("/datasets/demo")
  ResponseEntity<byte[]> demo(Actor caller, HttpServletRequest request) throws Exception {
    DemoData.Made made = longReads.<DemoData.Made, Exception>change(() -> demo.make(caller));
    String ids = made.made().stream().map(Dataset::id).collect(Collectors.joining(","));
    Audit.made(ids.isEmpty() ? "-" : ids);
    return Answers.goTo(
        request, "/datasets?said=" + (made.made().isEmpty() ? "demo-there" : "demo-made"));
  }

  @GetMapping("/datasets/{id}")
  ResponseEntity<byte[]> show(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String search,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request)
      throws InterruptedException, RefusedException {
    Dataset dataset = datasets.find(caller, id);
    String text = PageParameters.search(search);
    DatasetView model =
        new DatasetView(
            dataset,
            looks.labelNames(caller, dataset.id()),
            text,
            after == null ? "" : PageParameters.search(after),
            files(caller, dataset, text, after == null ? null : PageParameters.search(after)),
            looks.uses(caller, dataset.id()),
            scans.of(caller, dataset.name()),
            DatasetView.canRescan(caller, dataset),
            DatasetView.canRemove(caller, dataset));
    return pages.show(
        "datasets/dataset.jte", visit(request, "datasets.title-of", dataset.name()), model);
  }

  /** A search may read all rows; a page of all files reads a page. */
  private FilePage files(Actor caller, Dataset dataset, String search, @Nullable String after)
      throws InterruptedException, RefusedException {
    return search.isEmpty()
        ? looks.files(caller, dataset.id(), search, after, FILES)
        : longReads.<FilePage, RefusedException>read(
            () -> looks.files(caller, dataset.id(), search, after, FILES));
  }

  /** All its rows are read for it, so it comes after the page. */
  @GetMapping("/datasets/{id}/figures")
  ResponseEntity<byte[]> figures(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws InterruptedException, RefusedException {
    DatasetService.Details details =
        longReads.<DatasetService.Details, RefusedException>read(() -> datasets.show(caller, id));
    Visit visit = visit(request, "datasets.title");
    return pages.show("datasets/figures.jte", visit, Figures.of(visit, details));
  }

  @PostMapping("/datasets/{id}/rescan")
  ResponseEntity<byte[]> rescan(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String of,
      @RequestParam(defaultValue = "") String checksums,
      HttpServletRequest request)
      throws RefusedException {
    Dataset dataset = datasets.find(caller, id);
    ScanJob job =
        datasets.rescan(
            caller, dataset.id(), checksums.isEmpty() ? Checksums.NONE : Checksums.SHA256);
    ResponseEntity<byte[]> answer =
        pages.show(
            "datasets/scans.jte",
            visit(request, "datasets.title"),
            scans.begun(caller, of.isEmpty() ? "" : dataset.name(), job));
    return job.endedAt() == null ? answer : Answers.read(answer);
  }

  @PostMapping("/datasets/{id}/remove")
  ResponseEntity<byte[]> remove(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String files,
      HttpServletRequest request)
      throws Exception {
    Dataset dataset = datasets.find(caller, id);
    DatasetService.Files which =
        files.equals("delete") ? DatasetService.Files.DELETE : DatasetService.Files.KEEP;
    longReads.<Long, Exception>change(() -> datasets.remove(caller, dataset.id(), which));
    Audit.made(dataset.id());
    return Answers.goTo(request, "/datasets?said=removed");
  }
}
