package io.admix.engine.ratio;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.DataMateDataset;
import io.admix.catalog.Dataset;
import io.admix.catalog.Ids;
import io.admix.catalog.NameTakenException;
import io.admix.catalog.NewTask;
import io.admix.catalog.Page;
import io.admix.catalog.RatioInstance;
import io.admix.catalog.RatioQuery;
import io.admix.catalog.Task;
import io.admix.catalog.TaskNameTakenException;
import io.admix.catalog.TaskOrigin;
import io.admix.core.name.Blanks;
import io.admix.core.name.Printable;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.TimeRange.UnknownTime;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.ratio.RatioRefusedException.Reason;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import io.admix.engine.settings.Settings;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.QueueFullException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ratio tasks over one catalogue. */
public final class RatioService implements RatioTasks {
  private static final Logger LOG = LoggerFactory.getLogger(RatioService.class);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  /** How long a deletion waits for a task that is about to appear. */
  private static final Duration PUBLISH_PATIENCE = Duration.ofSeconds(30);

  private static final long POLL_MILLIS = 50;

  /** Seconds that may be taken by others of the same name. */
  private static final int STAMPS_MAX = 120;

  private final Catalog catalog;
  private final Settings settings;
  private final BackgroundTasks background;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private RatioService(
      Catalog catalog, Settings settings, BackgroundTasks background, Clock clock) {
    this.catalog = catalog;
    this.settings = settings;
    this.background = background;
    this.clock = clock;
  }

  /**
   * Ratio tasks, run by {@code background}.
   *
   * @param clock that names datasets
   */
  public static RatioTasks of(
      Catalog catalog, Settings settings, BackgroundTasks background, Clock clock) {
    return new RatioService(catalog, settings, background, clock);
  }

  @Override
  public RatioCreated create(Actor actor, RatioRequest request)
      throws RefusedException, IOException {
    List<Dataset> sources = new ArrayList<>();
    for (RatioRequest.Item item : request.items()) {
      sources.add(source(actor, item.datasetId()));
    }
    String name = Blanks.strip(request.name());
    if (name.isEmpty()) {
      throw new RatioRefusedException(Reason.NO_NAME, "", "The task needs a name.");
    }
    if (request.items().stream().allMatch(item -> item.count() == 0)) {
      throw new RefusedException("Nothing is asked of any source. Nothing was made.");
    }
    if (catalog.dataMate().isNameTaken(actor, name)) {
      throw taken(name);
    }
    QueueFullException.requireRoom(
        catalog.queue(), actor.owner(), settings.server().tasksWaiting());
    Files.createDirectories(settings.server().dataRoot());
    RatioCreated created = record(actor, request, sources, name);
    background.look();
    return created;
  }

  /**
   * In whatever state another system has it; of ours one that is neither being made nor removed.
   */
  private Dataset source(Actor actor, String id) throws RatioRefusedException {
    return catalog
        .dataMate()
        .dataset(actor, id)
        .map(DataMateDataset::dataset)
        .filter(Dataset::isWhole)
        .orElseThrow(() ->
            new RatioRefusedException(
                Reason.NO_DATASET, id, "There is no dataset %s.".formatted(Printable.of(id))));
  }

  private static RatioRefusedException taken(String name) {
    return new RatioRefusedException(
        Reason.NAME_TAKEN,
        name,
        "A task named '%s' is there already. Nothing was made.".formatted(Printable.of(name)));
  }

  /** A dataset of that name and second may be there already: then the next second names it. */
  private RatioCreated record(Actor actor, RatioRequest request, List<Dataset> sources, String name)
      throws RefusedException {
    LocalDateTime stamp = LocalDateTime.ofInstant(clock.instant(), settings.zone());
    for (int i = 0; i < STAMPS_MAX; i++) {
      String datasetName = request.name() + "-" + STAMP.format(stamp.plusSeconds(i));
      NewTask task = task(actor, request, sources, datasetName);
      try {
        Task submitted = submit(actor, task);
        background.wake();
        return created(submitted, task);
      } catch (TaskNameTakenException e) {
        throw taken(name);
      } catch (NameTakenException e) {
        // The next second.
      }
    }
    throw new RatioRefusedException(
        Reason.NAME_TAKEN,
        name,
        "The names of datasets of '%s' are taken for the next %d seconds. Nothing was made."
            .formatted(Printable.of(name), STAMPS_MAX));
  }

  /** An answer that was lost is looked up; who cannot look it up does not know it either. */
  private Task submit(Actor actor, NewTask task) {
    try {
      return catalog.queue().submit(actor, task, null).task();
    } catch (CommitUnknownException lost) {
      Optional<Task> made;
      try {
        made = catalog.tasks().byId(task.id());
      } catch (CatalogException away) {
        lost.addSuppressed(away);
        throw lost;
      }
      return made.orElseThrow(() -> lost);
    }
  }

  private static RatioCreated created(Task task, NewTask asked) {
    return new RatioCreated(
        task.id(), Task.Status.PENDING.name(), task.datasetId(), task.name(), asked.datasetType());
  }

  private NewTask task(
      Actor actor, RatioRequest request, List<Dataset> sources, String datasetName) {
    String datasetId = Ids.next();
    String target = settings.server().dataRoot().resolve(datasetId).toString();
    List<String> names = RatioRecipe.names(sources);
    UnknownTime unknown =
        settings.server().datamateUntaggedMatch() ? UnknownTime.MATCH : UnknownTime.EXCLUDE;
    long seed = random.nextLong(Recipe.SEED_MAX + 1);
    String recipe =
        RecipeJson.write(RatioRecipe.of(datasetName, seed, target, request, names, unknown));
    return new NewTask(
        Ids.next(),
        datasetName,
        actor.owner(),
        recipe,
        sha256(recipe),
        target,
        datasetId,
        RatioRecipe.type(sources),
        request.totals(),
        relations(request, names),
        request.name(),
        TaskOrigin.DATAMATE,
        new NewTask.Ratio(request.description()));
  }

  private static List<NewTask.Relation> relations(RatioRequest request, List<String> names) {
    List<NewTask.Relation> relations = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      RatioRequest.Item item = request.items().get(i);
      relations.add(
          new NewTask.Relation(
              item.datasetId(),
              names.get(i),
              Long.toString(item.count()),
              item.count(),
              item.filter().stored()));
    }
    return relations;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Page<RatioInstance> list(Actor actor, RatioQuery query) {
    return catalog.dataMate().instances(actor, query);
  }

  @Override
  public Page<RatioInstance> foreign(Actor actor, RatioQuery query) {
    return catalog.dataMate().foreign(actor, query);
  }

  @Override
  public Optional<RatioDetails> find(Actor actor, String id) throws RefusedException {
    Optional<RatioInstance> found = catalog.dataMate().instance(actor, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<RatioInstance.Relation> relations = catalog.dataMate().relations(id);
    Iterator<SourceReport> reports = reports(found.get()).iterator();
    List<RatioDetails.Source> sources = new ArrayList<>();
    for (RatioInstance.Relation relation : relations) {
      Long count = relation.counts();
      boolean isAsked = count == null || count > 0;
      sources.add(
          new RatioDetails.Source(relation, isAsked && reports.hasNext() ? reports.next() : null));
    }
    return Optional.of(new RatioDetails(found.get(), sources));
  }

  /**
   * In the order of the recipe, which has the sources that are asked for something. What a task has
   * in the state folder may go while it is read, and costs no more than this answer.
   */
  private List<SourceReport> reports(RatioInstance task) throws RefusedException {
    if (task.task() == null) {
      return List.of();
    }
    try {
      RunReport report = background.report(Actor.SYSTEM, task.id());
      return report.plan().sha256().isEmpty() ? List.of() : report.sources();
    } catch (NotThereException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("What task {} has placed cannot be told: {}", task.id(), e.getMessage());
      return List.of();
    }
  }

  @Override
  public void delete(Actor actor, List<String> ids)
      throws RatioUndeletedException, InterruptedException {
    List<String> left = new ArrayList<>();
    List<Exception> faults = new ArrayList<>();
    for (String id : ids) {
      try {
        deleteSeen(actor, id);
      } catch (CatalogUnavailableException away) {
        throw away;
      } catch (RefusedException | IOException | CatalogException fault) {
        left.add(id);
        faults.add(fault);
      }
    }
    if (!left.isEmpty()) {
      throw new RatioUndeletedException(left, faults);
    }
  }

  private void deleteSeen(Actor actor, String id)
      throws RefusedException, IOException, InterruptedException {
    Optional<RatioInstance> found = catalog.dataMate().instance(actor, id);
    if (found.isEmpty()) {
      return;
    }
    if (found.get().task() == null) {
      catalog.dataMate().deleteForeign(actor, id);
    } else {
      deleteOurs(id);
    }
  }

  /**
   * Whoever sees a task here may delete it; one that somebody deleted meanwhile is deleted. One
   * that is about to appear cannot be cancelled any more: it is waited for, and deleted as
   * finished.
   */
  private void deleteOurs(String id) throws RefusedException, IOException, InterruptedException {
    long deadline = System.nanoTime() + PUBLISH_PATIENCE.toNanos();
    while (true) {
      try {
        background.delete(Actor.SYSTEM, id);
        return;
      } catch (NotThereException e) {
        return;
      } catch (ConflictException e) {
        if (!isAboutToEnd(id) || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private boolean isAboutToEnd(String id) {
    return catalog
        .tasks()
        .byId(id)
        .map(
            task -> task.phase() == Task.Phase.PUBLISHING || task.status() == Task.Status.COMPLETED)
        .orElse(true);
  }

  @Override
  public Page<DataMateDataset> datasets(Actor actor, DataMateDataset.Query query) {
    return catalog.dataMate().datasets(actor, query);
  }

  @Override
  public Optional<RatioDataset> dataset(Actor actor, String id) {
    return catalog
        .dataMate()
        .dataset(actor, id)
        .map(dataset ->
            new RatioDataset(dataset, catalog.datasets().distribution(dataset.dataset()).labels()));
  }
}
