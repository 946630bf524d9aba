package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.engine.AllowedRoots;
import io.admix.engine.FieldsException;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows callers of a service the folders that they may register, one level at a time, and nothing
 * beside the allowed roots. Safe for use by many threads.
 */
public interface FolderPicker {

  /** Folders of one listing at most. */
  int FOLDERS_MOST = 500;

  /** The roots that the settings name and that are there. */
  List<Path> roots();

  /**
   * What is in a folder. Symbolic links in it are left out, as are folders that the service keeps
   * for itself.
   *
   * @param folder absolute, or what somebody typed for it
   * @param after {@link Listing#next} of the listing before, null for the first
   * @throws FieldsException of the field {@code folder}, when it does not lie below a root (by its
   *     real path), or cannot be read; what is not there is told as what lies elsewhere
   */
  Listing list(Actor actor, String folder, @Nullable String after) throws FieldsException;

  /**
   * What is in a folder.
   *
   * @param root the nearest one that holds it
   * @param folder its real path
   * @param problem why it cannot be registered itself, null when it can
   * @param dataset name of a dataset that the actor sees and whose folder it is, or null
   * @param folders in the order of their names, at most {@link #FOLDERS_MOST}
   * @param files regular files in it, those in its sub-folders not counted
   * @param next where the next listing goes on, null at the end
   */
  record Listing(
      Path root,
      Path folder,
      @Nullable String problem,
      @Nullable String dataset,
      List<SubFolder> folders,
      long files,
      @Nullable String next) {
    public Listing {
      folders = List.copyOf(folders);
    }

    /** The folders from the root to this one, both among them. */
    public List<Path> way() {
      List<Path> way = new ArrayList<>(List.of(root));
      for (Path name : root.relativize(folder)) {
        if (!name.toString().isEmpty()) {
          way.add(way.getLast().resolve(name));
        }
      }
      return way;
    }
  }

  /**
   * A folder in a folder.
   *
   * @param dataset name of a dataset that the actor sees and whose folder it is, or null
   */
  record SubFolder(String name, Path path, @Nullable String dataset) {}

  /** Over one catalogue, below the roots of the settings. */
  static FolderPicker of(Catalog catalog, FileAccess access, Settings settings) {
    return new RootedPicker(catalog, access, AllowedRoots.of(settings));
  }
}
