package io.admix.engine.export;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.catalog.Dataset;
import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.engine.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes exports of a catalogue. Memory does not grow with the number of files; an export is there
 * whole or not at all, also after a crash. Safe for use by many threads.
 */
public final class Exports {
  /** A part is one task of those who read it: some seconds and a few megabytes. */
  public static final int ROWS_PER_PART = 1_000_000;

  private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  private final Catalog catalog;
  private final InstantSource clock;

  /** Whether an export that is there may be replaced. */
  public enum Existing {
    KEEP,
    REPLACE
  }

  /**
   * What is to be exported.
   *
   * @param folder new, empty, or an older export that may be replaced
   * @param names of datasets, or their ids; none for all
   * @param rowsPerPart after which a part ends
   */
  public record Request(Path folder, List<String> names, Existing existing, long rowsPerPart) {
    public Request {
      names = List.copyOf(names);
      if (rowsPerPart < 1) {
        throw new IllegalArgumentException("parts of " + rowsPerPart + " rows");
      }
    }
  }

  /** Told now and then how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param rows done in this step
     * @param total of this step, as far as the catalogue knows
     */
    void at(Step step, String dataset, long rows, long total);
  }

  /** What is done with each dataset, in this order. */
  public enum Step {
    READ,
    WRITE
  }

  private Exports(Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  public static Exports of(Catalog catalog, InstantSource clock) {
    return new Exports(catalog, clock);
  }

  /**
   * Exports datasets. Each is read in one snapshot.
   *
   * @throws RefusedException with all problems: unknown datasets, a folder that is no new one
   */
  public ExportManifest export(Request request, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    Path target = request.folder().toAbsolutePath().normalize();
    List<Dataset> datasets = datasets(request.names());
    refuseSources(target, catalog.datasets().list());
    refuseSources(target, datasets);
    try (ExportPlace place = ExportPlace.take(target, request.existing())) {
      Instant now = clock.instant();
      List<ExportedDataset> exported = new ArrayList<>();
      for (Dataset dataset : datasets) {
        DatasetExport export = new DatasetExport(catalog.datasets(), dataset, place, progress);
        exported.add(export.run(request.rowsPerPart()));
      }
      ExportManifest manifest = new ExportManifest(now, catalog.database(), exported);
      seal(place.fresh(), manifest);
      place.publish();
      return manifest;
    }
  }

  /**
   * Writes the manifest of an export whose parts are all there and synced: last, by rename, synced
   * with the folders.
   */
  public static void seal(Path folder, ExportManifest manifest) throws IOException {
    for (ExportedDataset dataset : manifest.datasets()) {
      ExportPlace.syncFolder(folder.resolve(ExportSchema.DATASET_FOLDER + dataset.id()));
    }
    Path made = folder.resolve(ExportSchema.MANIFEST + ".tmp");
    byte[] json = ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8);
    Files.write(made, json);
    try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(made, folder.resolve(ExportSchema.MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    ExportPlace.syncFolder(folder);
  }

  /** The datasets in order of their names; all problems at once. */
  private List<Dataset> datasets(List<String> names) throws RefusedException {
    List<Dataset> all = catalog.datasets().list();
    if (names.isEmpty()) {
      return checked(all);
    }
    List<String> problems = new ArrayList<>();
    Map<String, Dataset> found = new LinkedHashMap<>();
    for (String name : names) {
      try {
        Optional<Dataset> dataset = catalog.datasets().resolve(Actor.SYSTEM, name);
        if (dataset.isPresent()) {
          found.put(dataset.get().id(), dataset.get());
        } else {
          problems.add(
              "There is no dataset `%s`%s"
                  .formatted(
                      Printable.of(name),
                      Near.question(name, all.stream().map(Dataset::name).toList())));
        }
      } catch (CatalogException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return checked(List.copyOf(found.values()));
  }

  static List<Dataset> checked(List<Dataset> datasets) throws RefusedException {
    List<String> problems =
        datasets.stream()
            .filter(dataset -> !FOLDER_NAME.matcher(dataset.id()).matches())
            .map(dataset ->
                "The id %s of the dataset %s cannot be the name of a folder: leave it out by naming the others."
                    .formatted(Printable.of(dataset.id()), Printable.of(dataset.name())))
            .toList();
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return datasets;
  }

  /** A dataset's folder is never written to, nor by way of a symbolic link. */
  static void refuseSources(Path target, List<Dataset> datasets) throws RefusedException {
    Path real = real(target);
    for (Dataset dataset : datasets) {
      if (dataset.path().startsWith("/")
          && (target.startsWith(dataset.path())
              || real.startsWith(real(Path.of(dataset.path()))))) {
        throw new RefusedException(
            "The folder %s lies in the folder %s of the dataset %s: choose one outside of every dataset."
                .formatted(target, dataset.path(), Printable.of(dataset.name())));
      }
    }
  }

  /** What it is with all links followed, as far as it is there. */
  private static Path real(Path path) {
    Path parent = path.getParent();
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
