package io.admix.engine.run;

import io.admix.catalog.Actor;
import io.admix.catalog.Ids;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskQuery;
import io.admix.core.name.Printable;
import io.admix.core.recipe.Recipe;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.KeptPlan;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.plan.PlanCost;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanOutlook;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanScope;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.plan.PlannedFiles;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.report.DamagedReportException;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes plans for the service's callers and keeps them. */
final class PlanKeeper implements KeptPlans {
  private static final Logger LOG = LoggerFactory.getLogger(PlanKeeper.class);

  /** Planning reads whole datasets: more at a time end no sooner, and each has its sort memory. */
  private static final int AT_A_TIME = 2;

  /** Made and waiting. */
  private static final int MOST = 16;

  private static final int MOST_OF_OWNER = 4;

  /** Each may be as large as its mix has files. */
  private static final int KEPT_OF_OWNER = 100;

  /** Who is everybody where nobody is told from the others. */
  private static final int KEPT_OF_SYSTEM = 1_000;

  /** Mixes from which the pace of the next is told. */
  private static final TaskQuery LATELY =
      new TaskQuery(null, Set.of(Task.Status.COMPLETED), null, new PageRequest(1, 20));

  private final Services services;
  private final AllowedRoots roots;
  private final PlanShelf shelf;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore places = new Semaphore(AT_A_TIME, true);
  private final Map<String, Integer> underWay = new HashMap<>();

  PlanKeeper(Services services) {
    this.services = services;
    this.roots = AllowedRoots.of(services.settings());
    this.shelf = services.shelf();
  }

  @Override
  public KeptPlan plan(Actor actor, Recipe recipe)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          ConflictException {
    enter(actor.owner());
    try {
      places.acquire();
      try {
        shelf.clean();
        return planned(actor, recipe);
      } finally {
        places.release();
      }
    } finally {
      leave(actor.owner());
    }
  }

  private synchronized void enter(String owner) throws ConflictException {
    int all = underWay.values().stream().mapToInt(Integer::intValue).sum();
    int own = underWay.getOrDefault(owner, 0);
    if (all >= MOST || own >= MOST_OF_OWNER) {
      throw new ConflictException(
          "%d plans are being made or wait for it, %d of them yours, and at most %d and %d are at a time: try again when one is done. Nothing was made."
              .formatted(all, own, MOST, MOST_OF_OWNER));
    }
    underWay.merge(owner, 1, Integer::sum);
  }

  private synchronized void leave(String owner) {
    underWay.computeIfPresent(owner, (key, count) -> count == 1 ? null : count - 1);
  }

  private KeptPlan planned(Actor actor, Recipe recipe)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    Path data = services.settings().server().dataRoot();
    String datasetId = Ids.next();
    Path target = data.resolve(datasetId);
    Recipe absolute = Recipes.absolute(Making.withTarget(recipe, target.toString()), data);
    Recipe seeded =
        absolute.seed() == null
            ? absolute.withSeed(random.nextLong(Recipe.SEED_MAX + 1))
            : absolute;
    try (OwnedFolder own = OwnedFolder.make(services.state().root(), "plan-" + Ids.next())) {
      Path scratch = Files.createDirectory(own.path().resolve("scratch"));
      Path file = own.path().resolve("plan.jsonl");
      PlanRequest request =
          new PlanRequest(
              seeded,
              data,
              target,
              services.settings().zone(),
              PlanRequest.TargetCheck.MUST_BE_FREE,
              new PlanScope(actor, roots));
      PlanSummary summary = services.planner().plan(request, scratch, file, PlanProgress.SILENT);
      return keep(actor, datasetId, file, summary);
    }
  }

  private KeptPlan keep(Actor actor, String datasetId, Path file, PlanSummary summary)
      throws IOException {
    String sha256 = sha256(file);
    PlanShelf.Note note = new PlanShelf.Note(actor.owner(), datasetId, Instant.now());
    int most = actor.sight() == Actor.Sight.ALL ? KEPT_OF_SYSTEM : KEPT_OF_OWNER;
    shelf.makeRoom(actor.owner(), most, sha256);
    shelf.put(sha256, file, note);
    return kept(sha256, note, summary);
  }

  private static String sha256(Path file) throws IOException {
    try (SealedPlan plan = SealedPlan.openTrusted(file)) {
      return plan.fileSha256();
    } catch (InvalidPlanException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private KeptPlan kept(String sha256, PlanShelf.Note note, PlanSummary summary) {
    return new KeptPlan(
        sha256,
        note.datasetId(),
        note.owner(),
        note.madeAt(),
        shelf.expiry(note.madeAt()),
        summary);
  }

  @Override
  public Optional<KeptPlan> find(Actor actor, String sha256) {
    try {
      Optional<PlanShelf.Note> note = note(actor, sha256);
      if (note.isEmpty()) {
        return Optional.empty();
      }
      try (SealedPlan plan = SealedPlan.openTrusted(shelf.plan(sha256))) {
        return Optional.of(kept(sha256, note.get(), plan.header().summary()));
      }
    } catch (IOException | InvalidPlanException e) {
      LOG.warn("The plan {} cannot be read: {}", sha256, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public PlannedFiles files(Actor actor, String sha256, long offset, int size)
      throws IOException, NotThereException, InvalidPlanException {
    requireKept(actor, sha256);
    try (SealedPlan plan = SealedPlan.openTrusted(shelf.plan(sha256))) {
      return PlannedFiles.read(plan, offset, size);
    } catch (NoSuchFileException removed) {
      throw missing(sha256);
    } catch (UncheckedIOException e) {
      throw new InvalidPlanException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public PlanOutlook outlook(PlanSummary plan) {
    List<RunReport> reports = new ArrayList<>();
    for (Task task : services.catalog().queue().page(Actor.SYSTEM, LATELY).items()) {
      addReport(task, reports);
    }
    Paces paces = Paces.of(reports);
    Optional<Volume> volume = volume();
    return new PlanOutlook(
        PlanCost.bytesToCopy(plan),
        PlanCost.inodes(plan),
        volume.map(Volume::bytesFree).orElse(-1L),
        volume.map(Volume::inodesFree).orElse(-1L),
        paces.seconds(plan.methods()),
        paces.knows(plan.methods()));
  }

  private static void addReport(Task task, List<RunReport> reports) {
    String report = task.report();
    try {
      if (report != null) {
        reports.add(ReportJson.read(report));
      }
    } catch (DamagedReportException e) {
      LOG.debug("The report of task {} tells no pace: {}", task.id(), e.getMessage());
    }
  }

  private Optional<Volume> volume() {
    try (Folder folder = services.access().open(services.settings().server().dataRoot())) {
      return Optional.of(folder.volume());
    } catch (Fault e) {
      return Optional.empty();
    }
  }

  private void requireKept(Actor actor, String sha256) throws IOException, NotThereException {
    if (note(actor, sha256).isEmpty()) {
      throw missing(sha256);
    }
  }

  private static NotThereException missing(String sha256) {
    return new NotThereException(
        "There is no plan %s: plans are kept for a while (admix.keep-plans), and can be made again from their recipe."
            .formatted(Printable.of(sha256)));
  }

  @Override
  public Path file(Actor actor, String sha256)
      throws IOException, NotThereException, InvalidPlanException {
    requireKept(actor, sha256);
    Path file = shelf.plan(sha256);
    try (SealedPlan plan = SealedPlan.open(file)) {
      if (!plan.fileSha256().equals(sha256)) {
        throw new InvalidPlanException(
            "plan " + sha256 + " is not the one that was kept under this name: make it again");
      }
    } catch (NoSuchFileException removed) {
      throw missing(sha256);
    }
    return file;
  }

  private Optional<PlanShelf.Note> note(Actor actor, String sha256) throws IOException {
    return shelf.note(sha256).filter(note -> actor.maySee(note.owner()));
  }
}
