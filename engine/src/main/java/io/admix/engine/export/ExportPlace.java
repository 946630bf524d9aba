package io.admix.engine.export;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.engine.RefusedException;
import io.admix.engine.export.Exports.Existing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an export is made: {@code .admix-export-NAME} beside its folder, locked while it is made.
 * What a killed process left there is removed by whoever makes the next one of that name.
 *
 * <p>The folder itself appears by one rename, whole. Where an older export is replaced there is a
 * moment without one; whoever comes after a crash in that moment puts the older back first.
 */
final class ExportPlace implements Closeable {
  private static final String PREFIX = SafeNames.RESERVED_PREFIX + "export-";
  private static final String LOCK = "lock";

  private final Path target;
  private final Path work;
  private final Existing existing;
  private final FileChannel channel;
  private final FileLock lock;

  private ExportPlace(
      Path target, Path work, Existing existing, FileChannel channel, FileLock lock) {
    this.target = target;
    this.work = work;
    this.existing = existing;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the place.
   *
   * @throws RefusedException when the target cannot become an export: nothing was made
   */
  static ExportPlace take(Path target, Existing existing) throws IOException, RefusedException {
    Path name = target.getFileName();
    Path parent = target.getParent();
    if (name == null || parent == null) {
      throw new RefusedException("An export is a folder of its own: " + target + " cannot be one.");
    }
    if (!Files.isDirectory(parent)) {
      throw new RefusedException(
          "The folder %s, in which the export is to be made, is not there.".formatted(parent));
    }
    Path work = parent.resolve(PREFIX + name);
    ExportPlace place = lock(target, work, existing);
    try {
      place.restoreOld();
      place.checkTarget();
      place.removeLeftovers();
      Files.createDirectory(place.fresh());
      Files.createDirectory(place.scratch());
      return place;
    } catch (IOException | RefusedException | RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private static ExportPlace lock(Path target, Path work, Existing existing)
      throws IOException, RefusedException {
    boolean isNew = makeFolder(work);
    Path file = work.resolve(LOCK);
    if (!isNew && !Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isEmpty(work)) {
      throw new RefusedException(
          "The folder %s stands where the export would be prepared, and no export made it: remove it first."
              .formatted(work));
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Of this process.
    }
    // One that has just ended has removed the file: then there are two makers and two files.
    if (lock == null || !Files.exists(file)) {
      channel.close();
      throw new RefusedException(
          "Another export is being made at %s: wait for it.".formatted(target));
    }
    return new ExportPlace(target, work, existing, channel, lock);
  }

  private static boolean makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** The export that is being made. */
  Path fresh() {
    return work.resolve("new");
  }

  /** For files that nobody needs when the export is made. */
  Path scratch() {
    return work.resolve("sort");
  }

  private Path old() {
    return work.resolve("old");
  }

  private void restoreOld() throws IOException {
    if (Files.isDirectory(old()) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(old(), target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void checkTarget() throws IOException, RefusedException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("%s is there and no folder: give another.".formatted(target));
    }
    if (isEmpty(target)) {
      return;
    }
    if (!Files.exists(target.resolve(ExportSchema.MANIFEST))) {
      throw new RefusedException(
          "The folder %s is not empty, and no export: give a new or an empty one."
              .formatted(target));
    }
    if (existing == Existing.KEEP) {
      throw new RefusedException(
          "The folder %s holds an export: give another, or --replace it.".formatted(target));
    }
    refuseStrangers();
  }

  /** What no export made is not deleted with one. */
  private void refuseStrangers() throws IOException, RefusedException {
    Set<Path> known = new HashSet<>();
    try {
      ExportManifest manifest =
          ManifestJson.read(
              Files.readString(target.resolve(ExportSchema.MANIFEST), StandardCharsets.UTF_8));
      known.add(target.resolve(ExportSchema.MANIFEST));
      for (ExportedDataset dataset : manifest.datasets()) {
        known.add(target.resolve(ExportSchema.DATASET_FOLDER + dataset.id()));
        dataset.parts().forEach(part -> known.add(target.resolve(part.file())));
      }
    } catch (DamagedExportException e) {
      throw new RefusedException(
          "The file %s %s. Remove the folder yourself, or give another."
              .formatted(target.resolve(ExportSchema.MANIFEST), e.getMessage()));
    }
    try (var entries = Files.walk(target, 2)) {
      Path stranger =
          entries
              .filter(entry -> !entry.equals(target) && !known.contains(entry))
              .findFirst()
              .orElse(null);
      if (stranger != null) {
        throw new RefusedException(
            "The folder %s holds %s, which its export was not made with: move it away, then --replace."
                .formatted(target, Printable.of(target.relativize(stranger).toString())));
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /** The export that was made, whole and synced, becomes the target. */
  void publish() throws IOException, RefusedException {
    // It may have changed since it was looked at.
    checkTarget();
    if (Files.exists(target.resolve(ExportSchema.MANIFEST))) {
      Files.move(target, old(), StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      throw new RefusedException(
          "The folder %s was filled while the export was made. Nothing was changed there."
              .formatted(target));
    } finally {
      restoreOld();
      syncFolder(target.resolveSibling(""));
    }
  }

  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void removeLeftovers() throws IOException {
    for (Path made : new Path[] {fresh(), scratch(), old()}) {
      remove(made);
    }
  }

  private static void remove(Path made) throws IOException {
    if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(made)) {
        for (Path entry : entries) {
          remove(entry);
        }
      }
    }
    Files.deleteIfExists(made);
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    try {
      restoreOld();
      removeLeftovers();
      Files.deleteIfExists(work.resolve(LOCK));
      Files.deleteIfExists(work);
    } finally {
      lock.release();
      channel.close();
    }
  }
}
