package io.admix.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The source folders of the running test. What mixes or registers from a folder makes it known here
 * as soon as it is made: after the test {@link SourceGuard} compares it with what it was. A test
 * that changes a source itself says so by {@link #change} or {@link #changed}; all else counts as
 * damage. Tests of one JVM run one after the other.
 */
public final class Sources {
  private static final List<SourceTree> OF_CLASS = new ArrayList<>();
  private static final List<SourceTree> OF_TEST = new ArrayList<>();
  private static boolean inTest;

  private Sources() {}

  /** Changes a source. */
  @FunctionalInterface
  public interface Change {
    void make() throws Exception;
  }

  /**
   * Watches a folder from now on, and marks one of its files with a {@code user.*} attribute where
   * the file system keeps them. A folder below a watched one is what the test has just made: its
   * facts are taken anew.
   *
   * @return the folder
   */
  public static synchronized Path watch(Path folder) throws IOException {
    Path root = real(folder);
    Optional<SourceTree> known = holder(root);
    mark(root);
    if (known.isPresent()) {
      known.get().changed(root);
    } else {
      (inTest ? OF_TEST : OF_CLASS).add(new SourceTree(root));
    }
    return folder;
  }

  /**
   * For kits that make file after file: watches the folder, in which this file has just been made.
   */
  public static synchronized Path made(Path folder, Path file) throws IOException {
    if (holder(real(file)).isPresent()) {
      return changed(file);
    }
    watch(folder);
    return file;
  }

  /**
   * Changes a source on purpose.
   *
   * @throws AssertionError when it was not as it should be before
   */
  public static void change(Path path, Change change) throws Exception {
    requireUnchanged();
    change.make();
    changed(path);
  }

  /** The test itself has just changed, made, moved or deleted this path; nothing else was. */
  public static synchronized Path changed(Path path) throws IOException {
    Path real = real(path);
    holder(real)
        .orElseThrow(() -> new IllegalStateException(path + " is in no watched source"))
        .changed(real);
    return path;
  }

  /** Compares now, and watches no more: for a folder that the test itself takes away. */
  public static synchronized void release(Path folder) throws IOException {
    requireUnchanged();
    Path root = real(folder);
    OF_TEST.removeIf(tree -> tree.root().startsWith(root));
    OF_CLASS.removeIf(tree -> tree.root().startsWith(root));
  }

  /** Whether the path lies in a watched folder. */
  static synchronized boolean isWatched(Path path) {
    try {
      return holder(real(path)).isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  /** Throws an {@link AssertionError} that names what is not as it was. */
  public static synchronized void requireUnchanged() {
    List<String> damage =
        Stream.concat(OF_CLASS.stream(), OF_TEST.stream())
            .flatMap(tree -> tree.differences().stream())
            .toList();
    if (!damage.isEmpty()) {
      throw new AssertionError(
          "%d differences in the sources of this test (a test that changes one itself says so by Sources.change):\n  %s"
              .formatted(
                  damage.size(),
                  String.join("\n  ", damage.subList(0, Math.min(20, damage.size())))));
    }
  }

  static synchronized void enterTest() {
    inTest = true;
  }

  static synchronized void leaveTest() {
    inTest = false;
    OF_TEST.clear();
  }

  static synchronized void leaveClass() {
    leaveTest();
    OF_CLASS.clear();
  }

  private static Optional<SourceTree> holder(Path path) {
    return Stream.concat(OF_TEST.stream(), OF_CLASS.stream())
        .filter(tree -> tree.holds(path))
        .findFirst();
  }

  /** The path with its folders' links resolved; the path itself need not be there. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
      return absolute.toRealPath();
    }
    Path parent = absolute.getParent();
    if (parent == null) {
      return absolute;
    }
    Path folder = Files.isDirectory(parent) ? parent.toRealPath() : real(parent);
    return folder.resolve(absolute.getFileName());
  }

  private static void mark(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      Optional<Path> first =
          walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).findFirst();
      if (first.isPresent()) {
        markFile(first.get());
      }
    }
  }

  private static void markFile(Path file) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      view.write("admix-test", ByteBuffer.wrap("kept".getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unsupported) {
      // A file system without them has none to lose.
    }
  }
}
