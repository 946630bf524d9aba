package io.admix.engine.dataset;

import io.admix.engine.RefusedException;
import io.admix.engine.place.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a folder can be read at all. */
final class FolderChecks {
  private FolderChecks() {}

  static Optional<String> problem(Path folder) {
    if (!Files.exists(folder)) {
      return Optional.of("The folder " + folder + " is not there.");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + " is no folder.");
    }
    return Files.isReadable(folder) && Files.isExecutable(folder)
        ? Optional.empty()
        : Optional.of("The folder " + folder + " cannot be read: mend its permissions.");
  }

  /** A folder must be there; of objects only the listing tells, and bytes are not read. */
  static Optional<String> problem(Place place, DatasetService.Checksums checksums) {
    return switch (place) {
      case Place.OfFolder(Path folder) -> problem(folder);
      case Place.OfObjects objects ->
          checksums == DatasetService.Checksums.NONE
              ? Optional.empty()
              : Optional.of(
                  "No checksums are recorded of objects ("
                      + place
                      + "): all bytes would have to be fetched, and the store's own checksums are no sha-256 of them. Leave checksums out; entity tags tell when an object has changed.");
    };
  }

  static void requireReadable(Place place, DatasetService.Checksums checksums)
      throws RefusedException {
    Optional<String> problem = problem(place, checksums);
    if (problem.isPresent()) {
      throw new RefusedException(problem.get() + " The dataset is unchanged.");
    }
  }
}
