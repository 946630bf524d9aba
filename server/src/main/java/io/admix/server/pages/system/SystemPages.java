package io.admix.server.pages.system;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskQuery;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.doctor.DoctorReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.Resources;
import io.admix.engine.settings.Settings;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.v1.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the service runs on, and what it can do there. */
@RestController
final class SystemPages {
  private final Admix admix;
  private final LongReads longReads;
  private final Pages pages;

  SystemPages(Admix admix, LongReads longReads, Pages pages) {
    this.admix = admix;
    this.longReads = longReads;
    this.pages = pages;
  }

  @GetMapping("/system")
  ResponseEntity<byte[]> show(Actor caller, HttpServletRequest request) {
    return pages.show("system/system.jte", visit(request), view());
  }

  /** What changes while one looks. */
  @GetMapping("/system/now")
  ResponseEntity<byte[]> now(Actor caller, HttpServletRequest request) {
    return pages.show("system/now.jte", visit(request), view());
  }

  /** Tries a root, with a scratch folder in the data root: therefore no GET. */
  @PostMapping("/system/doctor")
  ResponseEntity<byte[]> examine(
      Actor caller, @RequestParam(defaultValue = "") String root, HttpServletRequest request)
      throws Exception {
    if (roots().stream().noneMatch(known -> known.path().equals(root))) {
      throw new NotThereException("This is none of the folders that this service knows.");
    }
    Path target = admix.settings().server().dataRoot();
    DoctorReport report =
        longReads.<DoctorReport, Exception>change(
            () -> admix.doctor().examine(Path.of(root), target));
    return pages.show("system/doctor.jte", visit(request), report);
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.SYSTEM, "system.title");
  }

  private SystemView view() {
    Settings settings = admix.settings();
    Resources resources = Resources.now();
    return new SystemView(
        Version.TEXT,
        System.getProperty("java.version"),
        settings.databaseUrl().startsWith("jdbc:postgresql:") ? "PostgreSQL" : "SQLite",
        settings.zone().getId(),
        resources,
        Concurrency.of(settings.copy(), resources),
        admix.background().state(),
        working(),
        roots());
  }

  /** All tasks count, whoever's they are: what is told is a number. */
  private int working() {
    int most = Math.max(1, admix.background().state().bound());
    TaskQuery running =
        new TaskQuery(null, Set.of(Task.Status.RUNNING), null, new PageRequest(1, most));
    return admix.background().list(Actor.SYSTEM, running).items().stream()
        .flatMap(task -> admix.background().progress(task.id()).stream())
        .mapToInt(RunProgress::workers)
        .sum();
  }

  private List<SystemView.Root> roots() {
    List<SystemView.Root> roots = new ArrayList<>();
    admix
        .settings()
        .server()
        .allowedRoots()
        .forEach(root -> roots.add(new SystemView.Root(root.toString(), false)));
    roots.add(new SystemView.Root(admix.settings().server().dataRoot().toString(), true));
    return roots;
  }
}
