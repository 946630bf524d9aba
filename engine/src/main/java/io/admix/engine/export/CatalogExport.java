package io.admix.engine.export;

import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.core.plan.PlanOrder;
import io.admix.engine.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An export of the catalogue whose manifest was read and whose parts are all there, with the
 * lengths that it says. What is in the parts is checked while they are read, by {@link PartReader}.
 */
public final class CatalogExport {
  static final String AGAIN =
      " Make it anew: admix dataset export --replace %s. Nothing was made of it.";

  private final Path folder;
  private final ExportManifest manifest;

  private CatalogExport(Path folder, ExportManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens an export.
   *
   * @throws DamagedExportException when it is half-written, of another version, or a part is
   *     missing, of another length, or too much
   */
  public static CatalogExport open(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    CatalogExport export = new CatalogExport(absolute, read(absolute));
    for (ExportedDataset dataset : export.manifest.datasets()) {
      export.check(dataset);
    }
    export.checkNothingElse();
    return export;
  }

  private static ExportManifest read(Path folder) throws IOException {
    Path file = folder.resolve(ExportSchema.MANIFEST);
    try {
      return ManifestJson.read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (DamagedExportException e) {
      throw new DamagedExportException(
          "The file %s %s.%s".formatted(file, e.getMessage(), AGAIN.formatted(folder)));
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(folder)) {
        throw new DamagedExportException("The export %s is not there.".formatted(folder));
      }
      throw new DamagedExportException(
          "The folder %s is no whole export: it has no %s, which is written last.%s"
              .formatted(folder, ExportSchema.MANIFEST, AGAIN.formatted(folder)));
    }
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  public ExportManifest manifest() {
    return manifest;
  }

  /** The dataset of an id. */
  public Optional<ExportedDataset> byId(String id) {
    return manifest.datasets().stream().filter(dataset -> dataset.id().equals(id)).findFirst();
  }

  /**
   * What a recipe means by a dataset: a name, else an id.
   *
   * @throws RefusedException when the export has none, or several of that name
   */
  public ExportedDataset find(String nameOrId) throws RefusedException {
    List<ExportedDataset> named =
        manifest.datasets().stream().filter(dataset -> dataset.name().equals(nameOrId)).toList();
    if (named.size() > 1) {
      throw new RefusedException(
          "%d datasets of the export %s are named '%s': say which by its id: %s"
              .formatted(
                  named.size(),
                  folder,
                  Printable.of(nameOrId),
                  named.stream().map(ExportedDataset::id).toList()));
    }
    if (named.size() == 1) {
      return named.getFirst();
    }
    return byId(nameOrId)
        .orElseThrow(() -> {
          List<String> names =
              manifest.datasets().stream().map(ExportedDataset::name).limit(5_000).toList();
          return new RefusedException(
              "The export %s has no dataset `%s`%s"
                  .formatted(folder, Printable.of(nameOrId), Near.question(nameOrId, names)));
        });
  }

  private void check(ExportedDataset dataset) throws IOException {
    String below = ExportSchema.DATASET_FOLDER + dataset.id() + "/";
    byte[] before = {};
    for (ExportPart part : dataset.parts()) {
      Path file = folder.resolve(part.file()).normalize();
      if (!part.file().startsWith(below) || !folder.resolve(below).equals(file.getParent())) {
        throw damaged(part, "is not in the folder of its dataset");
      }
      checkLength(part, file);
      byte[] first = key(part.first());
      byte[] last = key(part.last());
      boolean isFirst = before.length == 0;
      if (!isFirst && Arrays.compareUnsigned(before, first) >= 0
          || Arrays.compareUnsigned(first, last) > 0) {
        throw damaged(part, "is not in the order of its dataset's parts");
      }
      before = last;
    }
  }

  private void checkLength(ExportPart part, Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw damaged(part, "is missing");
    }
    long size = Files.size(file);
    if (size != part.bytes()) {
      throw damaged(part, "has %,d bytes where %,d were written".formatted(size, part.bytes()));
    }
  }

  private void checkNothingElse() throws IOException {
    Set<Path> known = new HashSet<>();
    known.add(folder.resolve(ExportSchema.MANIFEST));
    for (ExportedDataset dataset : manifest.datasets()) {
      Path below = folder.resolve(ExportSchema.DATASET_FOLDER + dataset.id());
      known.add(below);
      dataset.parts().forEach(part -> known.add(folder.resolve(part.file())));
      refuseUnknown(below, known);
    }
    refuseUnknown(folder, known);
  }

  private void refuseUnknown(Path below, Set<Path> known) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(below)) {
      for (Path entry : entries) {
        if (!known.contains(entry)) {
          throw new DamagedExportException(
              "The export %s holds %s, which it was not made with.%s"
                  .formatted(
                      folder,
                      Printable.of(folder.relativize(entry).toString()),
                      AGAIN.formatted(folder)));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new DamagedExportException(
          "The export %s lacks the folder %s.%s"
              .formatted(folder, folder.relativize(below), AGAIN.formatted(folder)));
    }
  }

  private DamagedExportException damaged(ExportPart part, String what) {
    return damaged(folder, part, what);
  }

  static DamagedExportException damaged(Path folder, ExportPart part, String what) {
    return new DamagedExportException(
        "The part %s of the export %s %s.%s"
            .formatted(Printable.of(part.file()), folder, what, AGAIN.formatted(folder)));
  }

  /** What rows are in the order of: folder, then name. */
  static byte[] key(String path) {
    int slash = path.lastIndexOf('/');
    return PlanOrder.key("", 0, path.substring(0, Math.max(slash, 0)), path.substring(slash + 1));
  }
}
