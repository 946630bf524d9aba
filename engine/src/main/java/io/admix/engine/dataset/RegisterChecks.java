package io.admix.engine.dataset;

import io.admix.core.name.Near;
import io.admix.core.name.SafeNames;
import io.admix.engine.AllowedRoots;
import io.admix.engine.FieldsException;
import io.admix.engine.FieldsException.FieldProblem;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller of the service may register. */
final class RegisterChecks {
  private final Settings settings;
  private final AllowedRoots roots;

  RegisterChecks(Settings settings, AllowedRoots roots) {
    this.settings = settings;
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
    folderProblem(request.folder()).ifPresent(p -> problems.add(new FieldProblem("folder", p)));
    tagsProblem(request.tags()).ifPresent(p -> problems.add(new FieldProblem("tags", p)));
    if (!problems.isEmpty()) {
      throw new FieldsException(problems);
    }
    return new AddRequest(
        request.name(),
        real(request.folder()),
        type,
        request.tags() == null ? null : real(request.tags()),
        request.labels(),
        request.checksums());
  }

  /** What is wrong with a folder that is to be read. */
  Optional<String> folderProblem(Path folder) {
    return placeProblem("The folder ", folder)
        .or(() -> FolderChecks.problem(folder))
        .or(() -> ownProblem(folder));
  }

  private Optional<String> tagsProblem(@Nullable Path tags) {
    if (tags == null) {
      return Optional.empty();
    }
    return placeProblem("The tags file ", tags)
        .or(() ->
            Files.isRegularFile(tags) && Files.isReadable(tags)
                ? Optional.empty()
                : Optional.of(
                    "The tags file " + tags + " is no file, or cannot be read: mend that."));
  }

  private Optional<String> placeProblem(String what, Path path) {
    if (!path.isAbsolute()) {
      return Optional.of(
          what + path + " is no absolute path: what it is relative to nobody knows.");
    }
    return roots.problem(path).map(problem -> what + path + " " + problem + ".");
  }

  /** What Admix keeps for itself is no dataset, whatever the roots allow. */
  private Optional<String> ownProblem(Path folder) {
    Path real = real(folder);
    Path data = real(settings.server().dataRoot());
    if (data.startsWith(real)) {
      return Optional.of("The folder " + folder + " holds the mixes of this service.");
    }
    if (real.startsWith(data)) {
      String first = data.relativize(real).getName(0).toString();
      return isMixes(first)
          ? Optional.of("The folder " + folder + " is a mix of this service, or part of one.")
          : Optional.empty();
    }
    boolean isOwn =
        List.of(settings.home(), settings.stateDir()).stream()
            .map(RegisterChecks::real)
            .anyMatch(own -> own.startsWith(real) || real.startsWith(own));
    return isOwn
        ? Optional.of(
            "The folder " + folder + " holds what the service keeps for itself, or lies in it.")
        : Optional.empty();
  }

  private static boolean isMixes(String name) {
    return name.startsWith(SafeNames.RESERVED_PREFIX) || isId(name);
  }

  private static boolean isId(String name) {
    try {
      return UUID.fromString(name).toString().equalsIgnoreCase(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
