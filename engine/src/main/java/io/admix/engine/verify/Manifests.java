package io.admix.engine.verify;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import io.admix.core.name.Printable;
import io.admix.engine.run.StateFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the manifest of a published dataset. It outlives the record of the task that wrote it. */
public final class Manifests {
  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
  private static final String FILE = "manifest.jsonl";

  private final Catalog catalog;
  private final Path stateDir;

  /**
   * @param stateDir holds a folder for each task, in which its manifest lies
   */
  public Manifests(Catalog catalog, Path stateDir) {
    this.catalog = catalog;
    this.stateDir = stateDir;
  }

  /** The task that made a dataset, unless its record was deleted. */
  public Optional<Task> maker(Dataset dataset) {
    return dataset.kind() == Dataset.Kind.MIXED || dataset.kind() == Dataset.Kind.REMOVING
        ? catalog.tasks().maker(dataset.id())
        : Optional.empty();
  }

  /**
   * By the task that made it; by the headers of all manifests when that task's record was deleted.
   */
  public Optional<Path> of(Dataset dataset) throws IOException {
    Optional<Path> ofTask =
        maker(dataset)
            .map(task -> new StateFolder(stateDir).manifest(task.id()))
            .filter(Files::exists);
    if (ofTask.isPresent() || !Files.isDirectory(stateDir)) {
      return ofTask;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(stateDir)) {
      for (Path folder : folders) {
        Path manifest = folder.resolve(FILE);
        if (Files.exists(manifest) && isOf(dataset, manifest)) {
          return Optional.of(manifest);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a dataset's manifest from end to end before anything is told or deleted by it.
   *
   * @return number of files
   * @throws DamagedManifestException when it was edited, is cut short, is not the one that was
   *     published, or belongs to another dataset
   */
  public long check(Dataset dataset, Path manifest) throws IOException {
    return read(dataset, manifest, entry -> {});
  }

  /**
   * The line of one published file, in a manifest that was found whole.
   *
   * @throws DamagedManifestException as {@link #check}
   */
  public Optional<ManifestEntry> find(Dataset dataset, Path manifest, String path)
      throws IOException {
    List<ManifestEntry> found = new ArrayList<>();
    read(
        dataset,
        manifest,
        entry -> {
          if (entry.path().equals(path)) {
            found.add(entry);
          }
        });
    return found.stream().findFirst();
  }

  private long read(Dataset dataset, Path manifest, Consumer<ManifestEntry> visitor)
      throws IOException {
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      ManifestHeader header = reader.header();
      if (!header.datasetId().equals(dataset.id())) {
        throw DamagedManifestException.because(
            manifest,
            "it is of the dataset '%s' (%s), not of '%s' (%s)"
                .formatted(
                    Printable.of(header.dataset()),
                    Printable.of(header.datasetId()),
                    dataset.name(),
                    dataset.id()));
      }
      for (Optional<ManifestEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        visitor.accept(next.get());
      }
      // A manifest may be sealed again after an edit, but the catalogue knows what was published.
      String published = maker(dataset).map(Task::manifestSha256).orElse(null);
      if (published != null && !published.equals(reader.sha256())) {
        throw DamagedManifestException.because(
            manifest, "it is not the one that was published: its hash is another than recorded");
      }
      return reader.files();
    }
  }

  /** Of every byte but the last line, when the manifest is there whole. */
  public static Optional<String> sha256(Path manifest) throws IOException {
    if (!Files.exists(manifest)) {
      return Optional.empty();
    }
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      while (reader.next().isPresent()) {
        // Only read: its seal is at the end.
      }
      return Optional.ofNullable(reader.sha256());
    } catch (DamagedManifestException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isOf(Dataset dataset, Path manifest) {
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      return reader.header().datasetId().equals(dataset.id());
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
      return false;
    }
  }
}
