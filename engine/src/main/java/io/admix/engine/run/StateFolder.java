package io.admix.engine.run;

import io.admix.core.name.Printable;
import io.admix.files.Segments;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the files of tasks lie: {@code <state dir>/<task id>/}. Everything in it is there whole or
 * not at all.
 */
public final class StateFolder {
  private static final String PACE = "pace.json";
  private final Path root;

  public StateFolder(Path root) {
    this.root = root;
  }

  /**
   * The folder of a task. Ids come from the catalogue, which others may write too.
   *
   * @throws IllegalStateException when the id is no single name, and so leads out of the state
   *     folder: nothing is touched
   */
  Path folder(String taskId) {
    if (!Segments.isName(taskId) || taskId.indexOf('\\') >= 0) {
      throw new IllegalStateException(
          "The id %s in the catalogue is no name of a folder: nothing was touched for it. Mend the row, or remove it."
              .formatted(Printable.of(taskId)));
    }
    return root.resolve(taskId);
  }

  Path root() {
    return root;
  }

  Path plan(String taskId) {
    return folder(taskId).resolve("plan.jsonl");
  }

  /** The manifest of the dataset that the task published. */
  public Path manifest(String taskId) {
    return folder(taskId).resolve("manifest.jsonl");
  }

  Path report(String taskId) {
    return folder(taskId).resolve("report.json");
  }

  /** Which uploads in parts a task has begun in a store of objects. */
  Path uploads(String taskId) {
    return folder(taskId).resolve("uploads.jsonl");
  }

  /** How a task got on while a server ran it; for people, nothing depends on it. */
  Path pace(String taskId) {
    return folder(taskId).resolve(PACE);
  }

  /** Spool files of planning and of verifying; nothing in it outlives its use. */
  Path scratch(String taskId) {
    return folder(taskId).resolve("scratch");
  }

  /** Everything that lies here, in order of names. */
  List<Path> all() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.sorted().toList();
    }
  }

  void make(String taskId) throws IOException {
    Files.createDirectories(folder(taskId));
  }

  /**
   * Removes files that a killed process left half-written; nobody may be writing there but the
   * caller.
   */
  void removeTemporaries(String taskId) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder(taskId), "*.part")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Removes what a task needs only while it runs. */
  void removeScratch(String taskId) throws IOException {
    removeTree(scratch(taskId));
  }

  /** Removes everything of a task. */
  void remove(String taskId) throws IOException {
    removeTree(folder(taskId));
  }

  /**
   * Removes what a published task needs no more, half-written files among it; the manifest is the
   * dataset's.
   */
  void removeAllButManifest(String taskId) throws IOException {
    Path manifest = manifest(taskId);
    for (Path entry : entries(folder(taskId))) {
      if (!entry.equals(manifest)) {
        removeTree(entry);
      }
    }
    removeIfEmpty(folder(taskId));
  }

  /**
   * Removes the manifest of a dataset that is gone; also how its task got on, where that is all
   * else: it may have been written when the task was deleted already.
   */
  public void removeManifest(Path manifest) throws IOException {
    Files.deleteIfExists(manifest);
    Path folder = manifest.resolveSibling(".").normalize();
    Path pace = folder.resolve(PACE);
    if (entries(folder).equals(List.of(pace))) {
      Files.deleteIfExists(pace);
    }
    removeIfEmpty(folder);
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It holds what a task still needs.
    }
  }

  static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Removes a file or a folder with all that is in it; symbolic links are not followed. */
  static void removeTree(Path top) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(top)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * Writes a file through a temporary that is synced and renamed: after a crash it is there whole,
   * or as it was before.
   */
  static void writeWhole(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.write(out);
      out.flush();
      channel.force(true);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "The file %s could not be written and synced: %s. Nothing is published; mend the cause, then resume."
              .formatted(file, e.getMessage()),
          e);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file.resolveSibling(".").normalize());
  }

  /**
   * Makes a rename in {@code folder} durable; a platform that cannot open folders syncs them by
   * itself.
   */
  static void syncFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Writes what a file holds. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }
}
