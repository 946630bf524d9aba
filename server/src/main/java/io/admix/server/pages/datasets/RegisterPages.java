package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.core.name.ObjectAddress;
import io.admix.engine.Admix;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.dataset.FolderPicker;
import io.admix.engine.dataset.FolderPicker.Listing;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.place.Place;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.pages.datasets.RegisterForm.Fields;
import io.admix.server.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Registers a folder: chosen from those below the allowed roots. */
@RestController
final class RegisterPages {
  private static final String FOLDER = "folder";

  private final FolderPicker picker;
  private final SharedDatasets datasets;
  private final LongReads disks;
  private final Pages pages;

  RegisterPages(Admix admix, LongReads disks, Pages pages) {
    this.disks = disks;
    this.picker = admix.folderPicker();
    this.datasets = admix.sharedDatasets();
    this.pages = pages;
  }

  @GetMapping("/datasets/register")
  ResponseEntity<byte[]> form(
      Actor caller,
      @RequestParam(defaultValue = "") String folder,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request)
      throws InterruptedException {
    return pages.show("datasets/register.jte", visit(request), model(caller, folder, after));
  }

  /** The part of the form that shows a folder. */
  @GetMapping("/datasets/register/folders")
  ResponseEntity<byte[]> folders(
      Actor caller,
      @RequestParam(defaultValue = "") String folder,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request)
      throws InterruptedException {
    return pages.show("datasets/folders.jte", visit(request), model(caller, folder, after));
  }

  private RegisterForm model(Actor caller, String folder, @Nullable String after)
      throws InterruptedException {
    List<Path> roots = picker.roots();
    String wanted = folder.isBlank() && roots.size() == 1 ? roots.getFirst().toString() : folder;
    Map<String, String> errors = new LinkedHashMap<>();
    Listing listing = wanted.isBlank() ? null : listing(caller, wanted, after, errors);
    return new RegisterForm(
        roots, listing, new Fields(wanted, name(listing), "", true, "", false), errors);
  }

  private @Nullable Listing listing(
      Actor caller, String folder, @Nullable String after, Map<String, String> errors)
      throws InterruptedException {
    try {
      return disks.<Listing, FieldsException>look(() -> picker.list(caller, folder, after));
    } catch (FieldsException e) {
      put(errors, e);
      return null;
    }
  }

  private static void put(Map<String, String> errors, FieldsException wrong) {
    wrong
        .fields()
        .forEach(field -> errors.merge(field.field(), field.problem(), (a, b) -> a + " " + b));
  }

  /** A root's own name says little of what is in it. */
  private static String name(@Nullable Listing listing) {
    return listing == null || listing.folder().equals(listing.root())
        ? ""
        : String.valueOf(listing.folder().getFileName());
  }

  @PostMapping("/datasets")
  ResponseEntity<byte[]> register(
      Actor caller,
      @RequestParam(defaultValue = "") String folder,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String type,
      @RequestParam(defaultValue = "") String labels,
      @RequestParam(defaultValue = "") String tags,
      @RequestParam(defaultValue = "") String checksums,
      HttpServletRequest request)
      throws InterruptedException {
    Fields fields =
        new Fields(
            folder.strip(),
            name.strip(),
            type,
            !labels.isEmpty(),
            tags.strip(),
            !checksums.isEmpty());
    Map<String, String> errors = new LinkedHashMap<>();
    ScanJob job = begun(caller, fields, errors);
    if (job != null) {
      Audit.made(job.id());
      return Answers.goTo(request, "/datasets/scans/" + job.id());
    }
    Listing listing = listing(caller, fields.folder(), null, new LinkedHashMap<>());
    RegisterForm model = new RegisterForm(picker.roots(), listing, fields, errors);
    return pages.show(
        HttpStatus.UNPROCESSABLE_CONTENT,
        Answers.isScripts(request) ? "datasets/form.jte" : "datasets/register.jte",
        visit(request),
        model);
  }

  private @Nullable ScanJob begun(Actor caller, Fields fields, Map<String, String> errors) {
    Place folder = place(fields.folder(), errors);
    Path tags = fields.tags().isEmpty() ? null : path("tags", fields.tags(), errors);
    if (folder == null || !errors.isEmpty()) {
      return null;
    }
    try {
      return datasets.register(
          caller,
          new AddRequest(
              fields.name(),
              folder,
              fields.type().isEmpty() ? null : fields.type(),
              tags,
              fields.hasLabels() ? FolderLabels.FIRST_FOLDER : FolderLabels.NONE,
              fields.hasChecksums() ? Checksums.SHA256 : Checksums.NONE));
    } catch (FieldsException e) {
      put(errors, e);
    } catch (ConflictException e) {
      // A name that is taken, or too much at once: its words say which.
      errors.put(
          String.valueOf(e.getMessage()).startsWith("The name") ? "name" : "",
          String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static @Nullable Place place(String text, Map<String, String> errors) {
    Optional<String> problem = ObjectAddress.problem(text);
    problem.ifPresent(p -> errors.put(FOLDER, p));
    if (problem.isPresent()) {
      return null;
    }
    if (Place.isAddress(text)) {
      return Place.parse(text);
    }
    Path folder = path(FOLDER, text, errors);
    return folder == null ? null : Place.of(folder);
  }

  private static @Nullable Path path(String field, String text, Map<String, String> errors) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      errors.put(field, "It is no path on this system.");
      return null;
    }
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.DATASETS, "datasets.register.title");
  }
}
