package io.admix.engine.run;

import io.admix.catalog.CatalogException;
import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import io.admix.engine.verify.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the state folder what nobody needs any more, by the rules of its owner and never by
 * guess: scratch of a process that is known to be dead, and the plans of tasks that are over, once
 * they were kept as long as the settings say. A task that can go on keeps everything, a dataset its
 * manifest, and what cannot be proved to be ours stays and is told.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Services services;
  private final StateFolder state;
  private final Duration keep;

  Housekeeping(Services services) {
    this.services = services;
    this.state = services.state();
    this.keep = services.settings().keepPlans();
  }

  /** Cleans; what cannot be removed now is left to the next time, and harms nobody. */
  void clean() {
    services.shelf().clean();
    try {
      RunnerIdentity me = RunnerIdentity.begin();
      try {
        for (Path entry : state.all()) {
          clean(entry, me);
        }
      } finally {
        me.ended();
      }
    } catch (IOException | CatalogException e) {
      LOG.warn("The state folder {} could not be cleaned: {}", state.root(), e.getMessage());
    }
  }

  private void clean(Path entry, RunnerIdentity me) {
    try {
      if (OwnedFolder.isOwner(entry)) {
        cleanOwned(entry, me);
      } else if (isFolderOfTask(entry)) {
        cleanFinished(entry);
      }
    } catch (IOException | IllegalStateException e) {
      LOG.warn("{} could not be cleaned: {}", entry, e.getMessage());
    }
  }

  /** A folder without an owner of its own is a task's. */
  private static boolean isFolderOfTask(Path entry) {
    return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
        && !name(entry).equals(PlanShelf.FOLDER)
        && !Files.exists(OwnedFolder.ownerOf(entry), LinkOption.NOFOLLOW_LINKS);
  }

  private void cleanOwned(Path owner, RunnerIdentity me) throws IOException {
    Optional<OwnedFolder.Owner> read = OwnedFolder.read(owner);
    if (read.isEmpty() || !me.knowsDead(read.get().identity()) || !isOurs(read.get())) {
      return;
    }
    String name = OwnedFolder.folderOf(owner);
    boolean isTaskNow = !read.get().database().isEmpty() && find(name).isPresent();
    if (!isTaskNow) {
      state.remove(name);
      LOG.info("Removed {}: its owner is dead", state.folder(name));
    }
    Files.deleteIfExists(owner);
  }

  /** Two catalogues may share a state folder: tasks of the other one are not ours to judge. */
  private boolean isOurs(OwnedFolder.Owner owner) {
    return owner.database().isEmpty() || owner.database().equals(services.settings().databaseUrl());
  }

  private void cleanFinished(Path folder) throws IOException {
    if (!mayBeOverdue(folder)) {
      return;
    }
    Task task = find(name(folder)).orElse(null);
    if (task == null || !isOver(task) || task.updatedAt().isAfter(Instant.now().minus(keep))) {
      return;
    }
    if (task.status() == Task.Status.COMPLETED) {
      state.removeAllButManifest(task.id());
    } else {
      state.remove(task.id());
    }
    LOG.info("Removed the plan of task {} ({})", task.id(), task.status());
  }

  /**
   * Spares the catalogue: most folders hold a manifest only, or a plan that is younger than any
   * plan that may go.
   */
  private boolean mayBeOverdue(Path folder) throws IOException {
    List<Path> entries = StateFolder.entries(folder);
    Path manifest = state.manifest(name(folder));
    if (entries.stream().allMatch(manifest::equals)) {
      return false;
    }
    try {
      Instant sealed = Files.getLastModifiedTime(state.plan(name(folder))).toInstant();
      return !sealed.isAfter(Instant.now().minus(keep));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private static boolean isOver(Task task) {
    return task.status().isFinal() || task.status() == Task.Status.FAILED && !task.resumable();
  }

  private Optional<Task> find(String taskId) {
    return services.catalog().tasks().byId(taskId);
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  /** What is left behind now, and what becomes of it. Nothing is removed. */
  List<Leftover> leftovers() throws IOException {
    List<Leftover> found = new ArrayList<>();
    RunnerIdentity me = RunnerIdentity.begin();
    try {
      for (Path entry : state.all()) {
        if (OwnedFolder.isOwner(entry)) {
          owned(entry, me).ifPresent(found::add);
        } else if (isFolderOfTask(entry) && find(name(entry)).isEmpty()) {
          orphan(entry).ifPresent(found::add);
        }
      }
    } finally {
      me.ended();
    }
    for (Dataset dataset : services.catalog().datasets().removing()) {
      found.add(
          new Leftover(
              dataset.name(),
              "its removal was interrupted, %s; finish it with: admix dataset remove %s --files"
                  .formatted(dataset.path(), dataset.name())));
    }
    return found;
  }

  private Optional<Leftover> owned(Path owner, RunnerIdentity me) throws IOException {
    Optional<OwnedFolder.Owner> read = OwnedFolder.read(owner);
    boolean isDead = read.isPresent() && me.knowsDead(read.get().identity());
    String folder = state.root().resolve(OwnedFolder.folderOf(owner)).toString();
    return isDead
        ? Optional.of(
            new Leftover(folder, "scratch of a process that is dead; the next run removes it"))
        : Optional.empty();
  }

  /** The manifest of a dataset outlives the record of the task that made it. */
  private Optional<Leftover> orphan(Path folder) throws IOException {
    Path manifest = state.manifest(name(folder));
    if (Files.exists(manifest) && hasDataset(manifest)) {
      return Optional.empty();
    }
    return Optional.of(
        new Leftover(
            folder.toString(),
            "no task of this catalogue has this id, and whose it is cannot be proved: it is never touched; remove it if nobody needs it"));
  }

  private boolean hasDataset(Path manifest) {
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      return services.catalog().datasets().byId(reader.header().datasetId()).isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
