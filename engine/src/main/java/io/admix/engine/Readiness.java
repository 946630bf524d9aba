package io.admix.engine;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.engine.settings.HomeFolder;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.StateMark;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a service of this engine can do its work. Safe for use by many threads. */
public final class Readiness {
  private final Catalog catalog;
  private final Settings settings;
  private final StateMark mark;

  Readiness(Catalog catalog, Settings settings) {
    this.catalog = catalog;
    this.settings = settings;
    this.mark = new StateMark(settings.stateDir(), catalog.facts());
  }

  /** What was found; the database is asked first, without it the state folder is not judged. */
  public record Report(boolean database, boolean stateFolder, boolean dataRoot) {
    public boolean isReady() {
      return database && stateFolder && dataRoot;
    }
  }

  /**
   * Makes the data root where it is missing, and proves that the state folder is the one that every
   * service of this catalogue uses.
   *
   * @throws RefusedException when the service cannot work here
   */
  public void prepare() throws RefusedException {
    HomeFolder.prepareDataRoot(settings.server());
    mark.prove();
  }

  /** Looks now. */
  public Report check() {
    boolean database = isDatabaseThere();
    return new Report(
        database,
        database && isWritable(settings.stateDir()) && mark.isThere(),
        isWritable(settings.server().dataRoot()));
  }

  private boolean isDatabaseThere() {
    try {
      catalog.facts().find("ready");
      return true;
    } catch (CatalogException e) {
      return false;
    }
  }

  private static boolean isWritable(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder);
  }
}
