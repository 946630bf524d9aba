package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.AmbiguousNameException;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.FilePage;
import io.admix.catalog.InUseException;
import io.admix.catalog.Matching;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.core.recipe.Filter;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.Details;
import io.admix.engine.dataset.DatasetService.Files;
import io.admix.engine.place.LazyStore;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Datasets of many owners over one catalogue. */
final class ActorDatasets implements SharedDatasets {
  /** Names that a near one is looked for in. */
  private static final int NAMES_MOST = 5_000;

  private final Catalog catalog;
  private final Settings settings;
  private final CatalogDatasets datasets;
  private final Registering registering;
  private final RegisterChecks checks;
  private final ScanJobs jobs;

  ActorDatasets(
      Catalog catalog,
      FileAccess access,
      LazyStore objects,
      Settings settings,
      AllowedRoots roots,
      InstantSource clock) {
    this.catalog = catalog;
    this.settings = settings;
    this.datasets =
        new CatalogDatasets(catalog, access, objects, settings.stateDir(), settings.zone());
    this.registering =
        new Registering(
            catalog,
            roots.guard(access, id -> false),
            objects,
            settings.stateDir(),
            settings.zone());
    this.checks = new RegisterChecks(roots);
    this.jobs = new ScanJobs(clock);
  }

  @Override
  public Page<Dataset> list(Actor actor, DatasetQuery query) {
    return catalog.datasets().list(actor, query);
  }

  @Override
  public Dataset find(Actor actor, String idOrName) throws NotThereException, ConflictException {
    try {
      Optional<Dataset> found =
          catalog.datasets().find(actor, idOrName).or(() -> byId(actor, idOrName));
      if (found.isPresent()) {
        return found.get();
      }
    } catch (AmbiguousNameException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
    String hint =
        Near.suggestion(idOrName, catalog.datasets().names(actor, NAMES_MOST))
            .map(near -> " Did you mean " + near + "?")
            .orElse("");
    throw new NotThereException("There is no dataset " + Printable.of(idOrName) + "." + hint);
  }

  private Optional<Dataset> byId(Actor actor, String id) {
    return catalog
        .datasets()
        .byId(id)
        .filter(dataset -> actor.maySee(dataset.owner()) && !isHidden(dataset));
  }

  /** Rows of a scan that goes on, and a mix that is being removed, are nobody's to see. */
  private static boolean isHidden(Dataset dataset) {
    return dataset.kind() == Dataset.Kind.REMOVING
        || dataset.kind() == Dataset.Kind.SCANNED && !dataset.status().equals("ACTIVE");
  }

  @Override
  public Details show(Actor actor, String idOrName) throws NotThereException, ConflictException {
    return datasets.details(find(actor, idOrName));
  }

  @Override
  public List<Matching> matching(Actor actor, String idOrName, List<Filter> filters)
      throws NotThereException, ConflictException {
    if (filters.isEmpty() || filters.size() > FILTERS_MOST) {
      throw new IllegalArgumentException(
          filters.size() + " filters: 1 to " + FILTERS_MOST + " are counted at a time");
    }
    Dataset dataset = find(actor, idOrName);
    return new FilterCounts(filters, settings.zone()).of(catalog.datasets(), dataset);
  }

  @Override
  public FilePage files(Actor actor, String idOrName, @Nullable String after, int size)
      throws NotThereException, ConflictException {
    if (size < 1 || size > FILES_MOST) {
      throw new IllegalArgumentException("size " + size + ": a page holds 1 to " + FILES_MOST);
    }
    return catalog.datasets().files(find(actor, idOrName), after, size);
  }

  @Override
  public ScanJob register(Actor actor, AddRequest request)
      throws FieldsException, ConflictException {
    AddRequest checked = checks.checked(request);
    refuseTaken(actor, checked.name());
    return jobs.start(
        actor.owner(),
        checked.name(),
        ScanJob.Kind.REGISTER,
        progress -> registering.register(actor.owner(), checked, progress));
  }

  @Override
  public Dataset registerNow(Actor actor, AddRequest request)
      throws IOException, InterruptedException, RefusedException {
    AddRequest checked = checks.checked(request);
    refuseTaken(actor, checked.name());
    return registering.register(actor.owner(), checked, DatasetService.Progress.SILENT).dataset();
  }

  /** The claim decides in the end; what can be told at once is told at once. */
  private void refuseTaken(Actor actor, String name) throws ConflictException {
    try {
      Optional<Dataset> holder = catalog.datasets().find(actor, name);
      if (holder.isPresent()) {
        throw new ConflictException(
            "The name %s is taken by dataset %s: choose another, or remove that dataset. Nothing was begun."
                .formatted(name, holder.get().id()));
      }
    } catch (AmbiguousNameException e) {
      throw new ConflictException(
          "The name is taken: " + e.getMessage() + ". Choose another. Nothing was begun.");
    }
  }

  @Override
  public ScanJob rescan(Actor actor, String idOrName, Checksums checksums) throws RefusedException {
    Dataset dataset = changeable(actor, find(actor, idOrName));
    if (dataset.kind() != Dataset.Kind.SCANNED) {
      throw new RefusedException(
          "The dataset %s was not registered from a folder, so there is nothing to read again."
              .formatted(dataset.name()));
    }
    Optional<String> problem = checks.placeProblem(dataset.path(), checksums);
    if (problem.isPresent()) {
      throw new RefusedException(problem.get() + " The dataset is unchanged.");
    }
    return jobs.start(
        dataset.owner(),
        dataset.name(),
        ScanJob.Kind.RESCAN,
        progress -> registering.rescan(dataset, checksums, progress));
  }

  private static Dataset changeable(Actor actor, Dataset dataset) throws NotYoursException {
    if (actor.mayChange(dataset.owner())) {
      return dataset;
    }
    throw new NotYoursException(
        "The dataset %s belongs to %s: only its owner may change it. Nothing was changed."
            .formatted(dataset.name(), dataset.owner()));
  }

  @Override
  public Optional<ScanJob> scan(Actor actor, String scanId) {
    return jobs.find(actor::mayChange, scanId);
  }

  @Override
  public Page<ScanJob> scans(Actor actor, PageRequest page) {
    List<ScanJob> all = jobs.list(actor::mayChange);
    List<ScanJob> items = all.stream().skip(page.offset()).limit(page.size()).toList();
    return new Page<>(items, all.size());
  }

  @Override
  public ScanJob cancelScan(Actor actor, String scanId) throws NotThereException {
    return jobs.cancel(actor::mayChange, scanId)
        .orElseThrow(() ->
            new NotThereException(
                "There is no scan "
                    + Printable.of(scanId)
                    + ": one that ended is known for an hour."));
  }

  @Override
  public long remove(Actor actor, String idOrName, Files files)
      throws IOException, InterruptedException, RefusedException {
    Optional<Dataset> begun =
        catalog.datasets().removing().stream()
            .filter(dataset -> actor.mayChange(dataset.owner()))
            .filter(dataset -> dataset.id().equals(idOrName) || dataset.name().equals(idOrName))
            .findFirst();
    Dataset dataset = begun.isPresent() ? begun.get() : changeable(actor, find(actor, idOrName));
    if (dataset.kind() == Dataset.Kind.FOREIGN) {
      throw new RefusedException(
          "The dataset %s was made by another system: remove it there. Nothing was changed."
              .formatted(dataset.name()));
    }
    try {
      return datasets.remove(dataset, files, DatasetService.Progress.SILENT);
    } catch (InUseException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void manifest(Actor actor, String idOrName, OutputStream out)
      throws IOException, RefusedException {
    datasets.manifest(find(actor, idOrName), out);
  }

  @Override
  public void close() {
    jobs.close();
  }
}
