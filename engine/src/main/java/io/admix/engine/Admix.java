package io.admix.engine;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.engine.dataset.DatasetLooks;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.FolderPicker;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.demo.DemoData;
import io.admix.engine.doctor.Doctor;
import io.admix.engine.doctor.ObjectDoctor;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.Exports;
import io.admix.engine.lineage.LineageGraph;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.plan.PartWorkers;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.Planner;
import io.admix.engine.plan.Previews;
import io.admix.engine.plan.SpreadPlanner;
import io.admix.engine.ratio.RatioService;
import io.admix.engine.ratio.RatioTasks;
import io.admix.engine.run.Mixes;
import io.admix.engine.run.MixesFactory;
import io.admix.engine.run.PlanMaker;
import io.admix.engine.run.SpreadCrew;
import io.admix.engine.settings.HomeFolder;
import io.admix.engine.settings.Settings;
import io.admix.engine.task.BackgroundService;
import io.admix.engine.task.BackgroundTasks;
import io.admix.files.FileAccess;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The engine over one catalogue and one state folder. Safe for use by many threads. */
public final class Admix implements AutoCloseable {
  private final Settings settings;
  private final FileAccess access;
  private final Catalog catalog;
  private final LazyStore objects;
  private final DatasetService datasets;
  private final Mixes mixes;
  private final SharedDatasets sharedDatasets;
  private final KeptPlans keptPlans;
  private final Previews previews;
  private final LineageGraph lineage;
  private final BackgroundService background;

  private Admix(Settings settings, FileAccess access, Catalog catalog, RunMeter meter) {
    this.settings = settings;
    this.access = access;
    this.catalog = catalog;
    this.objects = new LazyStore(settings.s3().store(), settings.s3().limits());
    this.datasets =
        DatasetService.of(catalog, access, objects, settings.stateDir(), settings.zone());
    this.mixes = MixesFactory.of(catalog, access, settings, objects);
    this.sharedDatasets = SharedDatasets.of(catalog, access, objects, settings);
    this.keptPlans = MixesFactory.plans(catalog, access, settings, objects);
    this.previews = Previews.of(catalog, settings);
    this.lineage = LineageGraph.of(catalog, sharedDatasets, settings.stateDir());
    this.background =
        new BackgroundService(
            catalog,
            mixes,
            MixesFactory.queued(catalog, access, settings, meter, objects),
            keptPlans::file,
            settings.server());
  }

  /**
   * Opens catalogue and state, made where they are missing.
   *
   * @throws RefusedException when the home cannot be used: written by a newer version, on a network
   *     file system under SQLite, not writable
   * @throws CatalogException when the database fails: not reached, locked, full, damaged
   */
  public static Admix open(Settings settings) throws RefusedException {
    return open(settings, RunMeter.NONE);
  }

  /** The same, with what is placed told to a meter. */
  public static Admix open(Settings settings, RunMeter meter) throws RefusedException {
    FileAccess access = FileAccess.best();
    HomeFolder.prepare(settings, access);
    try {
      Catalog catalog = Catalog.open(CatalogMigration.catalog(settings));
      return new Admix(settings, access, catalog, meter);
    } catch (CatalogException e) {
      if (e.getCause() != null) {
        throw e;
      }
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  public Settings settings() {
    return settings;
  }

  /** How this engine reaches files. */
  public FileAccess access() {
    return access;
  }

  /** The store of objects, opened where it is needed. */
  public LazyStore objects() {
    return objects;
  }

  public DatasetService datasets() {
    return datasets;
  }

  public Mixes mixes() {
    return mixes;
  }

  /**
   * Mixes whose files are placed by {@code crew}, planned by {@code planner} where there is one.
   */
  public Mixes mixes(SpreadCrew crew, @Nullable PlanMaker planner) {
    return MixesFactory.spread(catalog, access, settings, crew, planner);
  }

  /**
   * A planner of an export of this catalogue, whose parts others work on.
   *
   * @param scratch folder of this machine for sort runs
   * @param work folder that all workers have under the same path
   */
  public SpreadPlanner planner(
      ExportManifest export, PartWorkers workers, Path scratch, Path work) {
    return new SpreadPlanner(catalog, access, objects, scratch, export, workers, work);
  }

  /**
   * Looks for what is wrong with sources and target, without reading any.
   *
   * @throws PlanException with every problem
   */
  public void check(PlanRequest request) throws PlanException {
    Planner.check(catalog, request);
  }

  /** Datasets of many owners: what the service shows and changes. */
  public SharedDatasets sharedDatasets() {
    return sharedDatasets;
  }

  /** Exports of the catalogue for programs on other machines. */
  public Exports exports() {
    return Exports.of(catalog, Clock.systemUTC());
  }

  /** What people look at in datasets. */
  public DatasetLooks datasetLooks() {
    return DatasetLooks.of(catalog, sharedDatasets, access, objects, settings);
  }

  /** Folders that callers of a service may register. */
  public FolderPicker folderPicker() {
    return FolderPicker.of(catalog, access, settings);
  }

  /** Small datasets for the first visit, made by this engine. */
  public DemoData demoData() {
    return DemoData.of(sharedDatasets, settings.server().dataRoot());
  }

  /** Plans of dry runs that are kept for a while. */
  public KeptPlans keptPlans() {
    return keptPlans;
  }

  /** What recipes would give, while they are being written. */
  public Previews previews() {
    return previews;
  }

  /** What mixes were made of. */
  public LineageGraph lineage() {
    return lineage;
  }

  /** Tasks that are run in the background; nothing runs before {@link BackgroundTasks#start}. */
  public BackgroundTasks background() {
    return background;
  }

  /** Ratio tasks as DataMate's interface knows them, run by {@link #background}. */
  public RatioTasks ratioTasks() {
    return RatioService.of(catalog, settings, background, Clock.systemUTC());
  }

  /** Whether a service can work here. */
  public Readiness readiness() {
    return new Readiness(catalog, settings);
  }

  /** Examines what can be done between two folders. */
  public Doctor doctor() {
    return new Doctor(access);
  }

  /** Examines what can be done between two places of which one at least holds objects. */
  public ObjectDoctor objectDoctor() {
    return new ObjectDoctor(objects);
  }

  @Override
  public void close() {
    try (catalog;
        objects;
        sharedDatasets) {
      background.close();
    }
  }
}
