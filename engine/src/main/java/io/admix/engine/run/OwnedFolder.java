package io.admix.engine.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A folder below the state folder that belongs to one process, not to a task. Who that is stands in
 * {@code <name>.owner} beside it, written before the folder is made and removed after it is gone:
 * whatever a killed process leaves has an owner that can be told to be dead.
 */
public final class OwnedFolder implements AutoCloseable {
  static final String OWNER = ".owner";

  private final Path path;
  private final RunnerIdentity identity;

  private OwnedFolder(Path path, RunnerIdentity identity) {
    this.path = path;
    this.identity = identity;
  }

  /** Makes a folder for scratch files; {@link #close} removes it with all that is in it. */
  public static OwnedFolder make(Path stateDir, String name) throws IOException {
    return make(stateDir, name, "");
  }

  /**
   * Makes the folder of a task whose row is yet to be written to that database: until {@link
   * #handOver} it goes with its owner.
   */
  static OwnedFolder make(Path stateDir, String name, String database) throws IOException {
    Files.createDirectories(stateDir);
    RunnerIdentity identity = RunnerIdentity.begin();
    OwnedFolder folder = new OwnedFolder(stateDir.resolve(name), identity);
    try {
      Files.writeString(
          ownerOf(folder.path), identity.text() + "\n" + database, StandardOpenOption.CREATE_NEW);
      Files.createDirectory(folder.path);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
    return folder;
  }

  public Path path() {
    return path;
  }

  /** From now on the folder belongs to the task of its name. */
  void handOver() throws IOException {
    Files.deleteIfExists(ownerOf(path));
    identity.ended();
  }

  /** Whether there is a task of its name is not known: housekeeping decides about the folder. */
  void abandon() {
    identity.ended();
  }

  @Override
  public void close() throws IOException {
    try {
      StateFolder.removeTree(path);
      Files.deleteIfExists(ownerOf(path));
    } finally {
      identity.ended();
    }
  }

  static Path ownerOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + OWNER);
  }

  static boolean isOwner(Path entry) {
    return entry.getFileName().toString().endsWith(OWNER);
  }

  /** The folder that an owner file stands for. */
  static String folderOf(Path owner) {
    String name = owner.getFileName().toString();
    return name.substring(0, name.length() - OWNER.length());
  }

  /** Who owns a folder, as an owner file says; empty when it says nothing, or is gone. */
  static Optional<Owner> read(Path owner) throws IOException {
    try {
      List<String> lines = Files.readString(owner, StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new Owner(lines.getFirst(), lines.size() > 1 ? lines.get(1) : ""));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * @param identity as {@link RunnerIdentity#text}
   * @param database to which the row of the folder's task was to be written, or "" when the folder
   *     is no task's
   */
  record Owner(String identity, String database) {}
}
