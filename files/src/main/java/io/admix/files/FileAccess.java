package io.admix.files;

import java.nio.file.Path;

/**
 * A way of reaching the file system: native with errno and directory handles, or portable by NIO.
 * Implementations are safe for use by many threads. One contract test holds for all.
 */
public interface FileAccess {

  /** Short name for logs and reports: {@code linux} or {@code portable}. */
  String name();

  /**
   * Whether handles stay on the folder that was opened when its path is swapped, and symbolic links
   * inside a root are never followed.
   */
  boolean isSwapSafe();

  /** Whether {@link Folder#rename} can publish atomically without replacing. */
  boolean isAtomicNoReplace();

  /**
   * Opens a folder. The path itself may go through symbolic links; below it none is ever followed.
   *
   * @param path absolute
   */
  Folder open(Path path) throws Fault;

  /** What the file system that holds this folder can say of itself. */
  Volume volume(Folder folder) throws Fault;

  /**
   * The best access on this machine: the one found by ServiceLoader that works here, else the
   * portable one.
   */
  static FileAccess best() {
    return Accesses.best();
  }

  /** The portable access, by NIO alone. */
  static FileAccess portable() {
    return Accesses.portable();
  }
}
