package io.admix.engine.run;

import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import io.admix.engine.verify.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the manifest of a published dataset. */
final class Manifests {
  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
  private final Services services;

  Manifests(Services services) {
    this.services = services;
  }

  /**
   * By the task that made it; by the headers of all manifests when that task's record was deleted.
   */
  Optional<Path> of(Dataset dataset) throws IOException {
    Optional<Path> ofTask =
        services
            .catalog()
            .tasks()
            .holderOfName(dataset.name())
            .filter(task -> task.datasetId().equals(dataset.id()))
            .map(Task::id)
            .map(services.state()::manifest)
            .filter(Files::exists);
    if (ofTask.isPresent()) {
      return ofTask;
    }
    for (Path folder : services.state().all()) {
      Path manifest = folder.resolve("manifest.jsonl");
      if (Files.exists(manifest) && isOf(dataset, manifest)) {
        return Optional.of(manifest);
      }
    }
    return Optional.empty();
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
