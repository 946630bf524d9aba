package io.admix.engine.dataset;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.Ids;
import io.admix.catalog.Labelling;
import io.admix.catalog.NameTakenException;
import io.admix.engine.ConflictException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Added;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.dataset.DatasetService.Progress;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectListing;
import io.admix.engine.place.Place;
import io.admix.engine.place.StoreTrouble;
import io.admix.engine.run.OwnedFolder;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import io.admix.files.object.ObjectFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads folders into the catalogue, whole or not at all. Safe for use by many threads. */
final class Registering {
  /** Spools of one reading of a folder. */
  private static final String SCAN = ".scan-";

  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path stateDir;
  private final ZoneId zone;

  Registering(Catalog catalog, FileAccess access, LazyStore objects, Path stateDir, ZoneId zone) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.stateDir = stateDir;
    this.zone = zone;
  }

  /** Registers what was checked. */
  Added register(String owner, AddRequest request, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    long started = System.nanoTime();
    Labelling labelling = labelling(request);
    try (OwnedFolder scratch = OwnedFolder.make(stateDir, SCAN + Ids.next());
        FolderReading reading =
            new FolderReading(request.place(), request.tags(), zone, scratch.path(), progress)) {
      reading.readTags();
      Found found = find(reading, request.place(), labelling.tagsFile());
      String type = request.type() == null ? reading.type() : request.type();
      try (FileWriter writer = writer(owner, request, type, labelling)) {
        return written(reading, writer, request.labels(), request.checksums(), found, started);
      }
    }
  }

  private static Labelling labelling(AddRequest request) {
    Path tags = request.tags();
    return new Labelling(
        request.labels() == FolderLabels.FIRST_FOLDER,
        tags != null && !request.place().isObjects() && tags.startsWith(request.place().folder())
            ? request.place().folder().relativize(tags).toString()
            : null);
  }

  /** Reads the folder of a registered dataset again, and labels as when it was registered. */
  Added rescan(Dataset dataset, DatasetService.Checksums checksums, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    long started = System.nanoTime();
    Place place = Place.parse(dataset.path());
    FolderChecks.requireReadable(place, checksums);
    Labelling labelling = dataset.labelling();
    FolderLabels labels =
        labelling != null && labelling.fromFolders()
            ? FolderLabels.FIRST_FOLDER
            : FolderLabels.NONE;
    try (OwnedFolder scratch = OwnedFolder.make(stateDir, SCAN + Ids.next());
        FolderReading reading = new FolderReading(place, null, zone, scratch.path(), progress)) {
      reading.readTags();
      Found found = find(reading, place, labelling == null ? null : labelling.tagsFile());
      try (FileWriter writer = catalog.datasets().rescan(dataset)) {
        return written(reading, writer, labels, checksums, found, started);
      }
    }
  }

  private static Added written(
      FolderReading reading,
      FileWriter writer,
      FolderLabels labels,
      DatasetService.Checksums checksums,
      Found found,
      long started)
      throws IOException, InterruptedException {
    try {
      FolderReading.Written written = reading.write(writer, labels, checksums);
      return new Added(
          writer.commit(),
          found.skipped(),
          found.passedOver(),
          written.labelled(),
          written.unmatchedTags(),
          (System.nanoTime() - started) / 1e9);
    } catch (Throwable e) {
      // The draft is removed next, for which a thread that was interrupted gets no connection.
      Thread.interrupted();
      throw e;
    }
  }

  private FileWriter writer(String owner, AddRequest request, String type, Labelling labelling)
      throws RefusedException {
    try {
      return catalog
          .datasets()
          .register(owner, request.name(), request.place().toString(), type, labelling);
    } catch (NameTakenException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }

  /** What finding the files passed over. */
  private record Found(Scanner.Skipped skipped, @Nullable String passedOver) {}

  private Found find(FolderReading reading, Place place, @Nullable String tagsFile)
      throws IOException, InterruptedException, RefusedException {
    return switch (place) {
      case Place.OfFolder(Path folder) -> new Found(walk(reading, folder, tagsFile), null);
      case Place.OfObjects listed -> list(reading, listed);
    };
  }

  private Found list(FolderReading reading, Place place)
      throws IOException, InterruptedException, RefusedException {
    ObjectListing listing;
    try {
      listing = reading.list(objects);
    } catch (ObjectFault e) {
      throw new RefusedException(
          place + " cannot be listed: " + StoreTrouble.words(e) + " Nothing was changed.");
    }
    if (listing.halfMade().isPresent()) {
      throw new RefusedException(listing.halfMade().get() + " Nothing was changed.");
    }
    String passedOver = listing.passedOver().orElse(null);
    if (listing.objects() == 0) {
      throw new RefusedException(
          "There is no object below "
              + place
              + (passedOver == null ? "" : " that can be a file (passed over: " + passedOver + ")")
              + ": mind bucket and prefix. Nothing was changed.");
    }
    return new Found(listing.skipped(), passedOver);
  }

  private Scanner.Skipped walk(FolderReading reading, Path folder, @Nullable String tagsFile)
      throws IOException, InterruptedException, RefusedException {
    Scanner.Skipped skipped =
        reading.walk(
            access, Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, 16), tagsFile);
    if (reading.fileCount() == 0) {
      throw new RefusedException(
          "There is no regular file below "
              + folder
              + (skipped.total() > 0 ? " (" + skipped.total() + " entries were passed over)" : "")
              + ": nothing was registered.");
    }
    return skipped;
  }
}
