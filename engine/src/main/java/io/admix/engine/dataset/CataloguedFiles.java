package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.engine.AllowedRoots;
import io.admix.engine.place.Place;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.RealFiles;
import io.admix.files.Stat;
import java.nio.file.Path;

/**
 * Opens files that are catalogued, below their dataset's folder. Folders are opened by handles and
 * no link on the way is followed; a file that is a symbolic link itself is read where it leads to,
 * when that lies below the same folder, or below an allowed root and in no mix of somebody else: as
 * planning has it.
 */
final class CataloguedFiles {
  private final Catalog catalog;
  private final FileAccess access;
  private final ObjectHeads objects;
  private final AllowedRoots roots;

  CataloguedFiles(Catalog catalog, FileAccess access, ObjectHeads objects, AllowedRoots roots) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.roots = roots;
  }

  /**
   * The beginning of a file.
   *
   * @param size of the whole file
   */
  record Head(byte[] bytes, long size) {}

  /**
   * Reads the beginning of a file.
   *
   * @param path below the dataset's folder, as the catalogue has it
   * @throws Fault when it is not there, is no file, or may not be read by that actor
   */
  Head head(Actor actor, Dataset dataset, String path, int most) throws Fault {
    if (Place.isAddress(dataset.path()) && Place.isStoredForm(dataset.path())) {
      return objects.head(Place.parse(dataset.path()).objects(), path, most);
    }
    if (!Path.of(dataset.path()).isAbsolute()) {
      throw new Fault("open", Errno.ENOENT, dataset.path(), "the dataset has no folder");
    }
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    try (Folder root = roots.guard(access, id -> maySee(actor, id)).open(Path.of(dataset.path()));
        Folder folder = root.open(slash < 0 ? "" : path.substring(0, slash))) {
      Stat stat = folder.stat(name);
      if (stat.kind() == Stat.Kind.SYMLINK) {
        return linked(actor, dataset, Path.of(dataset.path()).resolve(path), most);
      }
      return new Head(folder.head(name, most), stat.size());
    }
  }

  private Head linked(Actor actor, Dataset dataset, Path link, int most) throws Fault {
    Path real = RealFiles.resolve(link);
    if (!mayFollow(actor, dataset, real)) {
      throw new Fault(
          "open", Errno.EACCES, link.toString(), "it leads to where callers may not read");
    }
    String text = real.toString();
    try (RealFiles files = new RealFiles(access)) {
      Folder folder = files.folderOf(text);
      String name = RealFiles.nameOf(text);
      return new Head(folder.head(name, most), folder.stat(name).size());
    }
  }

  private boolean mayFollow(Actor actor, Dataset dataset, Path real) throws Fault {
    Path folder = real.getParent();
    if (folder == null) {
      return false;
    }
    return real.startsWith(RealFiles.resolve(Path.of(dataset.path())))
        || roots.allows(folder)
            && roots.datasetAt(folder).map(id -> maySee(actor, id)).orElse(true);
  }

  private boolean maySee(Actor actor, String datasetId) {
    return catalog
        .datasets()
        .byId(datasetId)
        .filter(dataset -> actor.maySee(dataset.owner()))
        .isPresent();
  }
}
