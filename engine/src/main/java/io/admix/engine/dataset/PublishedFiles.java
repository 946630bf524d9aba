package io.admix.engine.dataset;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deletes what was published, and nothing else: a file goes only when inode, size and time are
 * those of the manifest. The device is not compared, since it changes over reboots.
 */
final class PublishedFiles {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final FileAccess access;
  private final Path root;
  private final DatasetService.Progress progress;
  private long deleted;

  PublishedFiles(FileAccess access, Path root, DatasetService.Progress progress) {
    this.access = access;
    this.root = root;
    this.progress = progress;
  }

  /**
   * Deletes the files of the manifest that are unchanged, then folders that are empty.
   *
   * @return files deleted
   */
  long delete(Path manifest) throws IOException, InterruptedException {
    try (Folder folder = access.open(root)) {
      deleteFiles(manifest, folder);
      deleteEmptyFolders(folder);
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
    deleteRoot();
    return deleted;
  }

  private void deleteFiles(Path manifest, Folder folder) throws IOException, InterruptedException {
    OpenFolder open = new OpenFolder(folder);
    try (open;
        BufferedReader lines = Files.newBufferedReader(manifest)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode entry = JSON.readTree(line);
        if (entry.has("path")) {
          deleteFile(open, entry);
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  private void deleteFile(OpenFolder open, JsonNode entry) throws Fault {
    String path = entry.get("path").stringValue();
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    try {
      Folder parent = open.at(slash < 0 ? "" : path.substring(0, slash));
      Stat stat = parent.stat(name);
      if (stat.inode() == entry.path("inode").longValue()
          && stat.size() == entry.path("size").longValue()
          && stat.modifiedNs() == entry.path("modifiedNs").longValue()) {
        parent.deleteFile(name);
        if (++deleted % 1_000 == 0) {
          progress.at(DatasetService.Step.DELETE, deleted, -1);
        }
      }
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
        throw e;
      }
    }
  }

  /** Depth first; a folder that still holds something stays. */
  private static void deleteEmptyFolders(Folder folder) throws Fault {
    List<String> names = new ArrayList<>();
    folder.list((name, kind) -> {
      if (name != null && kind == Stat.Kind.DIRECTORY) {
        names.add(name);
      }
    });
    for (String name : names) {
      try (Folder below = folder.open(name)) {
        deleteEmptyFolders(below);
      }
      deleteIfEmpty(folder, name);
    }
  }

  private void deleteRoot() throws Fault {
    Path parent = root.getParent();
    if (parent == null) {
      return;
    }
    try (Folder above = access.open(parent)) {
      deleteIfEmpty(above, String.valueOf(root.getFileName()));
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  private static void deleteIfEmpty(Folder parent, String name) throws Fault {
    try {
      parent.deleteFolder(name);
    } catch (Fault e) {
      if (e.errno() != Errno.ENOTEMPTY && e.errno() != Errno.EEXIST && e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  /** Keeps the folder of the last file open: the manifest is in order of folders. */
  private static final class OpenFolder implements AutoCloseable {
    private final Folder root;
    private String path = "";
    private Folder current;

    OpenFolder(Folder root) {
      this.root = root;
      this.current = root;
    }

    Folder at(String wanted) throws Fault {
      if (!wanted.equals(path)) {
        Folder next = wanted.isEmpty() ? root : root.open(wanted);
        close();
        current = next;
        path = wanted;
      }
      return current;
    }

    @Override
    public void close() {
      if (current != root) {
        current.close();
      }
      current = root;
      path = "";
    }
  }
}
