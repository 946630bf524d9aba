package io.admix.engine.dataset;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.run.ObjectMix;
import io.admix.engine.run.StateFolder;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestReader;
import io.admix.engine.verify.Manifests;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes a mix in the one order that survives a crash at any instant: it is recorded that the
 * removal has begun, and nobody sees the mix any more; its files go; its manifest goes; its rows
 * and claims go. The same call goes on after a crash, since the manifest is there until the last
 * file is gone, and the name until all is done.
 */
final class MixRemoval {
  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path stateDir;
  private final Dataset dataset;
  private final Manifests manifests;
  private final boolean isBegun;

  MixRemoval(
      Catalog catalog, FileAccess access, LazyStore objects, Path stateDir, Dataset dataset) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.stateDir = stateDir;
    this.dataset = dataset;
    this.manifests = new Manifests(catalog, stateDir);
    this.isBegun = dataset.kind() == Dataset.Kind.REMOVING;
  }

  /**
   * @return files deleted now
   * @throws RefusedException when the manifest or the folder is not the one of this mix: nothing is
   *     changed
   */
  long run(DatasetService.Files files, DatasetService.Progress progress)
      throws IOException, InterruptedException, RefusedException {
    Optional<Path> manifest = manifests.of(dataset);
    boolean withFiles = files == DatasetService.Files.DELETE;
    if (withFiles) {
      check(manifest);
    }
    catalog.datasets().beginRemoval(dataset);
    long deleted = 0;
    if (withFiles && manifest.isPresent()) {
      deleted = delete(manifest.get(), progress);
    }
    if (manifest.isPresent()) {
      new StateFolder(stateDir).removeManifest(manifest.get());
    }
    catalog.datasets().remove(dataset);
    return deleted;
  }

  private long delete(Path manifest, DatasetService.Progress progress)
      throws IOException, InterruptedException {
    Place place = place();
    return place.isObjects()
        ? new RemovedObjects(objects.open(), place.objects(), progress).delete(manifest)
        : new PublishedFiles(access, place.folder(), progress).delete(manifest);
  }

  private Place place() {
    return Place.parse(dataset.path());
  }

  /** A removal that has begun lost its manifest only after the last file. */
  private void check(Optional<Path> manifest) throws IOException, RefusedException {
    if (manifest.isEmpty()) {
      if (isBegun) {
        return;
      }
      throw new RefusedException(
          "The manifest of %s is not in %s: it was removed, or admix.state-dir is another one."
              .formatted(dataset.name(), stateDir));
    }
    manifests.check(dataset, manifest.get());
    try (ManifestReader reader = ManifestReader.open(manifest.get())) {
      if (place().isObjects()) {
        checkIsItsPlace(reader.header());
      } else {
        checkIsItsFolder(reader.header());
      }
    }
  }

  private void checkIsItsPlace(ManifestHeader header) throws IOException, RefusedException {
    Optional<String> other =
        new ObjectMix(objects.open(), place().objects(), header.taskId()).otherHolder();
    if (other.isPresent()) {
      throw new RefusedException(
          "The place %s is claimed by %s by now: nothing was deleted. Unregister the dataset '%s' without --files."
              .formatted(dataset.path(), other.get(), dataset.name()));
    }
  }

  private void checkIsItsFolder(ManifestHeader header) throws IOException, RefusedException {
    Optional<Stat> found = statOfRoot();
    // What is not there, or is a link, is not deleted from either.
    if (found.isPresent()
        && found.get().kind() == Stat.Kind.DIRECTORY
        && found.get().inode() != header.inode()) {
      throw new RefusedException(
          "The folder %s is not the one in which '%s' was published (inode %d, published was %d): nothing was deleted. Bring the right one back, or unregister the dataset without --files."
              .formatted(dataset.path(), dataset.name(), found.get().inode(), header.inode()));
    }
  }

  private Optional<Stat> statOfRoot() throws Fault {
    Path root = place().folder();
    Path parent = root.getParent();
    if (parent == null) {
      return Optional.empty();
    }
    try (Folder above = access.open(parent)) {
      return Optional.of(above.stat(String.valueOf(root.getFileName())));
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
