package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.Room;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A folder: the mix grows in a staging folder beside it, which is renamed in the end. */
final class FileTarget implements MixTarget {
  private final FileAccess access;
  private final Path path;

  FileTarget(FileAccess access, Path path) {
    this.access = access;
    this.path = path;
  }

  @Override
  public Optional<String> inTheWay() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of("target %s exists. Name another target, or remove it".formatted(path))
        : Optional.empty();
  }

  @Override
  public boolean isThere() {
    return Files.isDirectory(path);
  }

  @Override
  public void requireFit(PlanHeader header) throws PlanException, Fault {
    TargetPlace.requireOutsideSources(header);
    Room.require(access, header);
  }

  @Override
  public Growing make(Task task, Runnable stillOurs) throws IOException {
    return Staging.make(access, task);
  }

  @Override
  public Growing open(Task task) throws Fault {
    return Staging.open(access, task);
  }

  @Override
  public Growing openToRemove(Task task) throws Fault {
    return open(task);
  }

  @Override
  public boolean isPublished(Task task) throws Fault {
    return Staging.isPublished(access, task);
  }

  @Override
  public void makePublishedDurable() throws Fault {
    try (Folder parent = access.open(Staging.parentOf(path))) {
      new FinalName(parent, path).makeDurable();
    }
  }

  @Override
  public boolean isGrowing(Task task) {
    return Files.isDirectory(staging(task));
  }

  @Override
  public String whereItGrows(Task task) {
    return "the folder " + staging(task);
  }

  private Path staging(Task task) {
    return path.resolveSibling(Staging.nameOf(task.id()));
  }

  @Override
  public String removeUnbegun(Task task) throws Fault {
    if (!isGrowing(task)) {
      return "";
    }
    try (Folder parent = access.open(Staging.parentOf(path))) {
      return Staging.remove(parent, Staging.nameOf(task.id()));
    }
  }
}
