package io.admix.engine.dataset;

import io.admix.engine.RefusedException;
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

  static void requireFolder(Path folder) throws RefusedException {
    Optional<String> problem = problem(folder);
    if (problem.isPresent()) {
      throw new RefusedException(problem.get() + " The dataset is unchanged.");
    }
  }
}
