package io.admix.engine.dataset;

import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.ObjectListing;
import io.admix.engine.place.Place;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one folder into rows: the tags file first, so that a bad line stops it early; then the
 * walk; then rows. Both are spooled, because the walk has no order and the dataset's type is known
 * only at its end. Memory holds one part of the tags.
 */
final class FolderReading implements AutoCloseable {
  /** Bytes of a tags file that make a part; a part takes a few times that in memory. */
  private static final long PART_BYTES = 4 << 20;

  private static final int PARTS_MAX = 512;
  private static final int PROBLEMS_MAX = 20;
  private static final long NANOS = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Place root;
  private final @Nullable Path tagsFile;
  private final ZoneId zone;
  private final DatasetService.Progress progress;
  private final Partitions files;
  private final Partitions tags;
  private final int parts;
  private final TypeGuess typeGuess = new TypeGuess();
  private final List<String> problems = new ArrayList<>();
  private long fileCount;

  FolderReading(
      Place root,
      @Nullable Path tagsFile,
      ZoneId zone,
      Path scratch,
      DatasetService.Progress progress)
      throws IOException {
    this.zone = zone;
    this.root = root;
    this.tagsFile = tagsFile;
    this.progress = progress;
    this.parts =
        tagsFile == null
            ? 1
            : (int) Math.clamp(java.nio.file.Files.size(tagsFile) / PART_BYTES, 1, PARTS_MAX);
    this.files = Partitions.in(scratch, "files", parts);
    this.tags = Partitions.in(scratch, "tags", parts);
  }

  void readTags() throws IOException, RefusedException {
    if (tagsFile != null) {
      new TagsFile(tagsFile, new TagLineParser(zone)).read(tags::add, progress);
    }
    tags.finish();
    refuseDoubles();
  }

  /**
   * Finds the files.
   *
   * @param leftOut a path below the root that is none of them, or null
   */
  Scanner.Skipped walk(FileAccess access, int threads, @Nullable String leftOut)
      throws IOException, InterruptedException, RefusedException {
    try {
      return new Scanner(access)
          .scan(
              root.folder(),
              threads,
              (path, stat) -> {
                // A tags file inside the folder describes the samples and is none of them.
                if (!path.equals(leftOut)) {
                  found(new ScannedFile(path, stat.size(), stat.modifiedNs()));
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      files.finish();
      if (!problems.isEmpty()) {
        throw new RefusedException(problems);
      }
    }
  }

  /** Finds the objects of the place, by listing it. */
  ObjectListing list(LazyStore objects) throws IOException, InterruptedException {
    ObjectListing listing = new ObjectListing(root.objects());
    try {
      listing.read(
          objects.open(),
          (path, stat) -> {
            if (Thread.currentThread().isInterrupted()) {
              throw new CancellationException();
            }
            long modifiedNs = Math.multiplyExact(stat.modifiedMs(), NANOS_PER_MILLI);
            spool(new ScannedFile(path, stat.size(), modifiedNs, ObjectFacts.of(stat)));
          });
      return listing;
    } catch (CancellationException e) {
      interruptible();
      throw e;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      files.finish();
    }
  }

  private void found(ScannedFile file) {
    SafeNames.problemOfPath(file.path())
        .filter(p -> problems.size() < PROBLEMS_MAX)
        .ifPresent(p ->
            problems.add(
                "The file "
                    + Printable.of(file.path())
                    + " cannot be registered: its path "
                    + p
                    + "."));
    spool(file);
  }

  private void spool(ScannedFile file) {
    try {
      files.add(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    typeGuess.add(file.path());
    if (++fileCount % 1_000 == 0) {
      progress.at(DatasetService.Step.SCAN, fileCount, -1);
    }
  }

  String type() {
    return typeGuess.type();
  }

  long fileCount() {
    return fileCount;
  }

  /** Writes every file's row. */
  Written write(
      FileWriter writer, DatasetService.FolderLabels labels, DatasetService.Checksums checksums)
      throws IOException, InterruptedException {
    RowMaking making = new RowMaking(labels);
    try (Checksums reader =
        checksums == DatasetService.Checksums.SHA256
            ? new Checksums(root.folder(), writer)
            : null) {
      for (int part = 0; part < parts; part++) {
        Map<String, TagLine> lines = lines(part);
        files.readFiles(
            part,
            file -> {
              NewFile row = making.row(file, lines.remove(file.path()));
              if (reader == null) {
                writer.add(row);
              } else {
                reader.add(row);
              }
              if (making.rows % 1_000 == 0) {
                interruptible();
                progress.at(DatasetService.Step.RECORD, making.rows, fileCount);
              }
            });
        making.unmatched += lines.size();
      }
      if (reader != null) {
        reader.finish();
      }
    }
    return new Written(making.labelled, making.unmatched);
  }

  private static void interruptible() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private Map<String, TagLine> lines(int part) throws IOException {
    Map<String, TagLine> lines = new HashMap<>();
    tags.readTags(part, line -> lines.put(line.path(), line));
    return lines;
  }

  /** Two lines on one file: which one is meant nobody knows. */
  private void refuseDoubles() throws IOException, RefusedException {
    for (int part = 0; part < parts && tagsFile != null; part++) {
      Map<String, Long> seen = new HashMap<>();
      tags.readTags(
          part,
          line -> {
            Long first = seen.putIfAbsent(line.path(), line.number());
            if (first != null && problems.size() < PROBLEMS_MAX) {
              problems.add(
                  "%s:%d: lines %d and %d both describe %s."
                      .formatted(
                          tagsFile,
                          line.number(),
                          first,
                          line.number(),
                          Printable.of(line.path())));
            }
          });
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
  }

  @Override
  public void close() throws IOException {
    try (files;
        tags) {
      // Both are closed, the second also when the first fails.
    }
  }

  /**
   * What was written: files with labels or tags, lines of the tags file whose file is not there.
   */
  record Written(long labelled, long unmatchedTags) {}

  /** Makes rows and counts them. */
  private static final class RowMaking {
    private final DatasetService.FolderLabels folderLabels;
    private long rows;
    private long labelled;
    private long unmatched;

    RowMaking(DatasetService.FolderLabels folderLabels) {
      this.folderLabels = folderLabels;
    }

    NewFile row(ScannedFile file, @Nullable TagLine line) {
      rows++;
      String tags = FolderLabel.added(folderLabels, file.path(), line == null ? null : line.tags());
      if (tags != null) {
        labelled++;
      }
      String taggedAt = line == null ? null : line.taggedAt();
      return new NewFile(
          file.path(),
          file.size(),
          Instant.ofEpochSecond(
              Math.floorDiv(file.modifiedNs(), NANOS), Math.floorMod(file.modifiedNs(), NANOS)),
          null,
          tags,
          taggedAt == null ? null : Instant.parse(taggedAt),
          metadata(file.object(), line == null ? null : line.metadata()));
    }

    private static @Nullable String metadata(
        @Nullable ObjectFacts object, @Nullable String written) {
      return object == null ? written : object.in(written);
    }
  }
}
