package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import io.admix.core.name.Near;
import io.admix.core.name.SafeNames;
import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.verify.Manifests;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Datasets over a catalogue. */
final class CatalogDatasets implements DatasetService {
  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path stateDir;
  private final Manifests manifests;
  private final Registering registering;

  CatalogDatasets(
      Catalog catalog, FileAccess access, LazyStore objects, Path stateDir, ZoneId zone) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.stateDir = stateDir;
    this.manifests = new Manifests(catalog, stateDir);
    this.registering = new Registering(catalog, access, objects, stateDir, zone);
  }

  @Override
  public Added add(AddRequest request, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    return registering.register(Actor.SYSTEM.owner(), checked(request), progress);
  }

  @Override
  public Added rescan(String name, Checksums checksums, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    Dataset dataset = find(name);
    if (dataset.kind() != Dataset.Kind.SCANNED) {
      throw new RefusedException(
          "%s was not registered from a folder, so there is nothing to read again.%s"
              .formatted(
                  name,
                  dataset.kind() == Dataset.Kind.MIXED
                      ? " To compare a mix with its manifest: admix verify " + name
                      : ""));
    }
    return registering.rescan(dataset, checksums, progress);
  }

  @Override
  public List<Dataset> list() {
    return catalog.datasets().list();
  }

  @Override
  public Details show(String name) throws RefusedException {
    return details(find(name));
  }

  Details details(Dataset dataset) {
    return new Details(
        dataset,
        catalog.datasets().distribution(dataset),
        manifests.maker(dataset).map(Task::id).orElse(null));
  }

  @Override
  public void manifest(String name, OutputStream out) throws IOException, RefusedException {
    manifest(find(name), out);
  }

  void manifest(Dataset dataset, OutputStream out) throws IOException, RefusedException {
    Path manifest = manifestOf(dataset);
    manifests.check(dataset, manifest);
    java.nio.file.Files.copy(manifest, out);
  }

  @Override
  public long remove(String name, Files files, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    Optional<Dataset> begun = beingRemoved(name);
    return remove(begun.isPresent() ? begun.get() : find(name), files, progress);
  }

  long remove(Dataset dataset, Files files, Progress progress)
      throws IOException, InterruptedException, RefusedException {
    if (dataset.kind() == Dataset.Kind.MIXED || dataset.kind() == Dataset.Kind.REMOVING) {
      return new MixRemoval(catalog, access, objects, stateDir, dataset).run(files, progress);
    }
    if (files == Files.KEEP) {
      catalog.datasets().remove(dataset);
      return 0;
    }
    throw new RefusedException(
        "The files of "
            + dataset.name()
            + " in "
            + dataset.path()
            + " are not Admix's to delete: only those of a mix that it made are. Without --files the dataset is unregistered.");
  }

  private Optional<Dataset> beingRemoved(String name) {
    return catalog.datasets().removing().stream().filter(d -> d.name().equals(name)).findFirst();
  }

  private AddRequest checked(AddRequest request) throws RefusedException {
    List<String> problems = new ArrayList<>();
    SafeNames.problemOfName(request.name())
        .ifPresent(p -> problems.add("The name " + request.name() + " " + p + ": choose another."));
    String type = request.type() == null ? null : request.type().toUpperCase(Locale.ROOT);
    if (type != null && !TypeGuess.TYPES.contains(type)) {
      problems.add(
          "The type "
              + request.type()
              + " is none of "
              + String.join(", ", TypeGuess.TYPES)
              + Near.question(type, TypeGuess.TYPES)
              + ".");
    }
    Place place =
        request.place().isObjects()
            ? request.place()
            : Place.of(request.place().folder().toAbsolutePath().normalize());
    FolderChecks.problem(place, request.checksums()).ifPresent(problems::add);
    Path tags = request.tags() == null ? null : request.tags().toAbsolutePath().normalize();
    if (tags != null && !java.nio.file.Files.isReadable(tags)) {
      problems.add(
          "The tags file "
              + tags
              + (java.nio.file.Files.exists(tags)
                  ? " cannot be read: mend its permissions."
                  : " is not there."));
    }
    catalog.datasets().find(request.name()).ifPresent(d -> problems.add(taken(d, place)));
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return new AddRequest(request.name(), place, type, tags, request.labels(), request.checksums());
  }

  private static String taken(Dataset dataset, Place place) {
    String what =
        "The name " + dataset.name() + " is taken by the dataset in " + dataset.path() + ".";
    return dataset.path().equals(place.toString())
        ? what + " To read that folder again: admix dataset rescan " + dataset.name()
        : what + " Choose another, or free it: admix dataset remove " + dataset.name();
  }

  private Dataset find(String name) throws RefusedException {
    Optional<Dataset> found = catalog.datasets().find(name);
    if (found.isPresent() && found.get().status().equals("ACTIVE")) {
      return found.get();
    }
    if (beingRemoved(name).isPresent()) {
      throw new RefusedException(
          "The removal of the dataset %s was interrupted. Finish it with: admix dataset remove %s --files"
              .formatted(name, name));
    }
    List<String> names = catalog.datasets().list().stream().map(Dataset::name).toList();
    String hint =
        names.isEmpty()
            ? " Nothing is registered yet: admix dataset add NAME DIR."
            : Near.suggestion(name, names)
                .map(n -> " Did you mean " + n + "?")
                .orElse(" See: admix dataset list.");
    throw new RefusedException("There is no dataset " + name + "." + hint);
  }

  private Path manifestOf(Dataset dataset) throws IOException, RefusedException {
    Optional<Path> manifest = manifests.of(dataset);
    if (manifest.isPresent()) {
      return manifest.get();
    }
    throw new RefusedException(
        dataset.kind() == Dataset.Kind.MIXED
            ? "The manifest of "
                + dataset.name()
                + " is not in "
                + stateDir
                + ": it was removed, or admix.state-dir is another one."
            : dataset.name()
                + " was registered from a folder; only a mix that Admix made has a manifest.");
  }
}
