package io.admix.engine.spread;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that executors share with the process that has the task. Each batch has a folder: its
 * plan, a mark of every attempt that was begun and one of every attempt that ended, receipts. When
 * a result is there the folder is taken away by a rename: an attempt that begins later finds
 * nothing, so that the marks in it are those of all attempts that there will ever be.
 */
final class BatchFolders {
  static final String PLAN = "plan.parquet";
  private static final String BEGUN = ".begun";
  private static final String ENDED = ".ended";

  private final Path root;

  BatchFolders(Path root) {
    this.root = root;
  }

  void make() throws IOException {
    Files.createDirectories(open());
    Files.createDirectories(taken());
  }

  Path root() {
    return root;
  }

  Path beat() {
    return root.resolve("beat");
  }

  private Path open() {
    return root.resolve("batches");
  }

  private Path taken() {
    return root.resolve("taken");
  }

  Path batch(long number) {
    return open().resolve("b" + number);
  }

  Path taken(long number) {
    return taken().resolve("b" + number);
  }

  /** From now on no attempt at the batch can begin. */
  void take(long number) throws IOException {
    try {
      Files.move(batch(number), taken(number), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("The folder %s cannot be renamed.".formatted(batch(number)), e);
    }
  }

  /**
   * Marks an attempt as begun.
   *
   * @throws NoSuchFileException when the batch is none that is to be worked on
   */
  void begin(long number, String attempt) throws IOException {
    try {
      Files.createFile(batch(number).resolve(attempt + BEGUN));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("attempt %s of batch %d began before".formatted(attempt, number), e);
    }
  }

  /** Marks an attempt as ended, wherever its batch is by now; one that is gone needs no mark. */
  void end(long number, String attempt) throws IOException {
    try {
      Files.createFile(batch(number).resolve(attempt + ENDED));
    } catch (NoSuchFileException e) {
      endTaken(number, attempt);
    }
  }

  private void endTaken(long number, String attempt) throws IOException {
    try {
      Files.createFile(taken(number).resolve(attempt + ENDED));
    } catch (NoSuchFileException e) {
      // Nobody asks for this batch any more.
    }
  }

  /** Attempts of which a batch's folder knows. */
  record Attempts(List<String> begun, List<String> ended) {
    /** Attempts that were begun and did not end, as far as they tell. */
    List<String> open() {
      return begun.stream().filter(attempt -> !ended.contains(attempt)).toList();
    }
  }

  static Attempts attempts(Path batch) throws IOException {
    List<String> begun = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(batch)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(BEGUN)) {
          begun.add(name.substring(0, name.length() - BEGUN.length()));
        } else if (name.endsWith(ENDED)) {
          ended.add(name.substring(0, name.length() - ENDED.length()));
        }
      }
    } catch (NoSuchFileException e) {
      return new Attempts(List.of(), List.of());
    }
    return new Attempts(begun, ended);
  }

  /** Attempts at any batch that did not end, as far as they tell. */
  List<String> open(Iterable<Long> batches) throws IOException {
    List<String> found = new ArrayList<>();
    for (long number : batches) {
      found.addAll(attempts(batch(number)).open());
      found.addAll(attempts(taken(number)).open());
    }
    return found;
  }

  /** Attempts that an earlier process had begun here and that did not end. */
  List<String> allOpen() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path above : List.of(open(), taken())) {
      if (Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(above)) {
          for (Path folder : folders) {
            found.addAll(attempts(folder).open());
          }
        }
      }
    }
    return found;
  }

  void remove(long number) throws IOException {
    Trees.remove(taken(number));
    Trees.remove(batch(number));
  }
}
