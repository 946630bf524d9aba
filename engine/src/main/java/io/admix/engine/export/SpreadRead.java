package io.admix.engine.export;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.catalog.SharedSnapshot;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The first half of a spread export, done by many: reads some pages of the database, and writes
 * their rows, sorted, to one file of the shared folder. May be done several times; each time makes
 * a file of its own. It holds no secret: user and password come from the environment of whoever
 * runs it.
 *
 * @param url of the database, without a password
 * @param zone in which its times are meant
 * @param folder shared by all; it holds the records at which the slices of the file end
 */
public record SpreadRead(
    int number,
    String url,
    String zone,
    String snapshot,
    List<Source> sources,
    long fromPage,
    long toPage,
    String folder)
    implements Serializable {
  /** The file of the shared folder with the records at which slices end. */
  static final String SPLITS = "splits";

  private static final int SORT_BYTES = 64 << 20;

  /** What the reading needs to know of a dataset. */
  public record Source(String id, String path, Dataset.Kind kind) implements Serializable {
    Dataset dataset() {
      return new Dataset(
          id, id, path, "OTHER", "ACTIVE", kind, 0, 0, Instant.EPOCH, "", Instant.EPOCH, null);
    }
  }

  /**
   * What was made.
   *
   * @param file below the shared folder
   * @param ends of the slices
   * @param unsafePaths of each dataset
   * @param unsafe first paths of each
   */
  public record Done(
      int number, String file, long[] ends, long[] unsafePaths, List<List<String>> unsafe)
      implements Serializable {}

  /**
   * Reads and writes.
   *
   * @param scratch folder of this machine, for sort runs
   * @param environment with ADMIX_DB_USER and ADMIX_DB_PASSWORD, or the files that hold them
   */
  public Done run(Path scratch, Map<String, String> environment)
      throws IOException, RefusedException {
    Path shared = Path.of(folder);
    if (!Files.isDirectory(shared)) {
      throw new RefusedException(
          "The folder %s is not there, or may not be entered: mount it at this place."
              .formatted(shared));
    }
    CatalogSettings settings = settings(environment);
    Path sorting = Files.createTempDirectory(scratch, "admix-sort-");
    try (ExternalSorter sorter = new ExternalSorter(sorting, SORT_BYTES)) {
      List<ScanSummary> seen =
          SharedSnapshot.scan(
              settings,
              snapshot,
              sources.stream().map(Source::dataset).toList(),
              fromPage,
              toPage,
              DatasetExport.COLUMNS,
              new Sorting(sorter)::row);
      String file = "run-%05d-%s".formatted(number, UUID.randomUUID());
      return new Done(
          number,
          file,
          write(sorter, shared.resolve(file)),
          seen.stream().mapToLong(ScanSummary::unsafePaths).toArray(),
          seen.stream().map(ScanSummary::unsafe).toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      removeFolder(sorting);
    }
  }

  private CatalogSettings settings(Map<String, String> environment) throws RefusedException {
    Settings settings =
        SettingsLoader.load(
            new SettingsInput(
                System.getProperty("java.io.tmpdir"),
                url,
                List.of("admix.zone=" + zone),
                environment,
                Path.of("").toAbsolutePath()));
    return new CatalogSettings(
        settings.databaseUrl(),
        settings.databaseUser(),
        settings.databasePassword(),
        settings.zone(),
        Clock.systemUTC());
  }

  private static void removeFolder(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private List<byte[]> splits() throws IOException {
    Path file = Path.of(folder).resolve(SPLITS);
    List<byte[]> splits = new ArrayList<>();
    try (RunFile.Reader reader = new RunFile.Reader(file, 0, Files.size(file), 1 << 16)) {
      while (reader.advance()) {
        splits.add(Arrays.copyOf(reader.array(), reader.length()));
      }
    }
    return splits;
  }

  private long[] write(ExternalSorter sorter, Path file) throws IOException {
    List<byte[]> splits = splits();
    long[] ends = new long[splits.size() + 1];
    int slice = 0;
    try (RecordCursor cursor = sorter.read();
        RunFile.Writer writer = new RunFile.Writer(file)) {
      while (cursor.advance()) {
        while (slice < splits.size() && isBehind(cursor, splits.get(slice))) {
          ends[slice++] = writer.position();
        }
        writer.add(cursor.array(), cursor.offset(), cursor.length());
      }
      Arrays.fill(ends, slice, ends.length, writer.position());
    }
    return ends;
  }

  private static boolean isBehind(RecordCursor cursor, byte[] split) {
    int from = cursor.offset();
    return Arrays.compareUnsigned(
            cursor.array(), from, from + cursor.length(), split, 0, split.length)
        >= 0;
  }

  /** Puts the dataset's place before each record, so that datasets stand one after another. */
  private static final class Sorting {
    private final ExternalSorter sorter;
    private final RowRecord recorded = new RowRecord();
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 10);

    Sorting(ExternalSorter sorter) {
      this.sorter = sorter;
    }

    void row(int dataset, FileRow row) {
      try {
        recorded.set(row);
        int length = Integer.BYTES + recorded.length();
        if (bytes.capacity() < length) {
          bytes = ByteBuffer.allocate(2 * length);
        }
        bytes.clear().putInt(dataset).put(recorded.array(), 0, recorded.length());
        sorter.add(bytes.array(), 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
