package io.admix.engine.dataset;

import io.admix.core.name.Near;
import io.admix.core.name.SafeNames;
import io.admix.engine.AllowedRoots;
import io.admix.engine.FieldsException;
import io.admix.engine.FieldsException.FieldProblem;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.place.Place;
import io.admix.files.object.ObjectPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller of the service may register. */
final class RegisterChecks {
  private final AllowedRoots roots;

  RegisterChecks(AllowedRoots roots) {
    this.roots = roots;
  }

  /**
   * The same request with real paths.
   *
   * @throws FieldsException with everything that is wrong, field by field
   */
  AddRequest checked(AddRequest request) throws FieldsException {
    List<FieldProblem> problems = new ArrayList<>();
    SafeNames.problemOfName(request.name())
        .ifPresent(
            p -> problems.add(new FieldProblem("name", "The name " + p + ": choose another.")));
    String type = request.type() == null ? null : request.type().toUpperCase(Locale.ROOT);
    if (type != null && !TypeGuess.TYPES.contains(type)) {
      problems.add(
          new FieldProblem(
              "type",
              "It is none of "
                  + String.join(", ", TypeGuess.TYPES)
                  + Near.question(type, TypeGuess.TYPES)
                  + "."));
    }
    placeProblem(request.place(), request.checksums())
        .ifPresent(p -> problems.add(new FieldProblem("folder", p)));
    tagsProblem(request.tags()).ifPresent(p -> problems.add(new FieldProblem("tags", p)));
    if (!problems.isEmpty()) {
      throw new FieldsException(problems);
    }
    return new AddRequest(
        request.name(),
        request.place().isObjects() ? request.place() : Place.of(real(request.place().folder())),
        type,
        request.tags() == null ? null : real(request.tags()),
        request.labels(),
        request.checksums());
  }

  /** What is wrong with the stored place of a dataset that is to be read again. */
  Optional<String> placeProblem(String stored, DatasetService.Checksums checksums) {
    return placeProblem(Place.parse(stored), checksums);
  }

  private Optional<String> placeProblem(Place place, DatasetService.Checksums checksums) {
    return switch (place) {
      case Place.OfFolder(Path folder) -> folderProblem(folder);
      case Place.OfObjects(ObjectPlace objects) ->
          roots
              .problemOfObjects(objects)
              .map(p -> "The place " + place + " " + p + ".")
              .or(() -> FolderChecks.problem(place, checksums));
    };
  }

  /** What is wrong with a folder that is to be read. */
  Optional<String> folderProblem(Path folder) {
    return relativeProblem("The folder ", folder)
        .or(() -> roots.problemOfFolder(folder).map(p -> "The folder " + folder + " " + p + "."))
        .or(() -> FolderChecks.problem(folder));
  }

  /** A mix has an owner, whose the tags are too: as with a folder. */
  private Optional<String> tagsProblem(@Nullable Path tags) {
    if (tags == null) {
      return Optional.empty();
    }
    return relativeProblem("The tags file ", tags)
        .or(() -> roots.problemOfFolder(tags).map(p -> "The tags file " + tags + " " + p + "."))
        .or(() ->
            Files.isRegularFile(tags) && Files.isReadable(tags)
                ? Optional.empty()
                : Optional.of(
                    "The tags file " + tags + " is no file, or cannot be read: mend that."));
  }

  private static Optional<String> relativeProblem(String what, Path path) {
    return path.isAbsolute()
        ? Optional.empty()
        : Optional.of(what + path + " is no absolute path: what it is relative to nobody knows.");
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
