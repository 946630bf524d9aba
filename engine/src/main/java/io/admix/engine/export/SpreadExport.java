package io.admix.engine.export;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.SharedSnapshot;
import io.admix.engine.RefusedException;
import io.admix.engine.export.SpreadMerge.Slice;
import io.admix.engine.settings.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An export of a PostgreSQL catalogue that many make together, all in one snapshot: first all of
 * {@link #reads}, then all of {@link #merges}, then {@link #finish}. The rows go through files of
 * the shared folder once, since parts are in the order of paths and a table is not; memory grows
 * nowhere with their number. Used by one thread; closing it ends the snapshot and removes what was
 * not published.
 */
public final class SpreadExport implements Closeable {
  /** Rows of a sample for each slice: slices then differ by a tenth or two. */
  private static final int SAMPLE_PER_SLICE = 200;

  /** Of slices and ranges: each merge has a file of each range open, and the driver a number. */
  private static final int SEVERAL_MAX = 1_000;

  private static final int SAMPLE_MIN = 2_000;
  private static final int SAMPLE_MAX = 200_000;

  private final Settings settings;
  private final ExportPlace place;
  private final SharedSnapshot snapshot;
  private final List<Dataset> datasets;
  private final long rowsPerPart;
  private final Instant began;

  private SpreadExport(
      Settings settings,
      ExportPlace place,
      SharedSnapshot snapshot,
      List<Dataset> datasets,
      long rowsPerPart) {
    this.settings = settings;
    this.place = place;
    this.snapshot = snapshot;
    this.datasets = datasets;
    this.rowsPerPart = rowsPerPart;
    this.began = Instant.now();
  }

  /**
   * Begins an export.
   *
   * @param settings whose database is a PostgreSQL
   * @param ids of datasets
   * @param folder as in {@link Exports.Request}, on a file system that all can reach at this path
   * @throws RefusedException when the folder cannot be made: nothing was made
   */
  public static SpreadExport begin(
      Settings settings, List<String> ids, Path folder, Exports.Existing existing, long rowsPerPart)
      throws IOException, RefusedException {
    SharedSnapshot snapshot =
        SharedSnapshot.begin(
            new CatalogSettings(
                settings.databaseUrl(),
                settings.databaseUser(),
                settings.databasePassword(),
                settings.zone(),
                Clock.systemUTC()));
    try {
      Path target = folder.toAbsolutePath().normalize();
      List<Dataset> datasets = Exports.checked(found(snapshot, ids));
      Exports.refuseSources(target, snapshot.datasets());
      Exports.refuseSources(target, datasets);
      ExportPlace place = ExportPlace.take(target, existing);
      return new SpreadExport(settings, place, snapshot, datasets, rowsPerPart);
    } catch (IOException | RefusedException | RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private static List<Dataset> found(SharedSnapshot snapshot, List<String> ids)
      throws RefusedException {
    List<Dataset> datasets = snapshot.datasets(ids);
    List<String> there = datasets.stream().map(Dataset::id).toList();
    List<String> problems =
        ids.stream()
            .filter(id -> !there.contains(id))
            .map(id -> "The dataset %s is not in the catalogue any more.".formatted(id))
            .toList();
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return datasets;
  }

  /** What is to be read, in any order, by anybody. */
  public List<SpreadRead> reads() throws IOException {
    long rows = datasets.stream().mapToLong(Dataset::files).sum();
    int several = (int) Math.clamp((rows + rowsPerPart - 1) / rowsPerPart, 1, SEVERAL_MAX);
    write(splits(several));
    List<SpreadRead.Source> sources =
        datasets.stream()
            .map(dataset -> new SpreadRead.Source(dataset.id(), dataset.path(), dataset.kind()))
            .toList();
    List<SpreadRead> reads = new ArrayList<>();
    long pages = snapshot.pages();
    int ranges = (int) Math.clamp(pages, 1, several);
    for (int i = 0; i < ranges; i++) {
      reads.add(
          new SpreadRead(
              i,
              settings.databaseUrl(),
              settings.zone().getId(),
              snapshot.id(),
              sources,
              pages * i / ranges,
              pages * (i + 1) / ranges,
              place.scratch().toString()));
    }
    return reads;
  }

  /** In a file: with each task they would be many times as much. */
  private void write(List<byte[]> splits) throws IOException {
    try (RunFile.Writer writer = new RunFile.Writer(place.scratch().resolve(SpreadRead.SPLITS))) {
      for (byte[] split : splits) {
        writer.add(split, 0, split.length);
      }
    }
  }

  /**
   * Keys of a sample of rows that cut all rows into about equal slices; all rows of a path fall
   * into one.
   */
  private List<byte[]> splits(int slices) {
    if (slices < 2) {
      return List.of();
    }
    List<byte[]> keys = new ArrayList<>();
    snapshot.sample(
        datasets,
        Math.clamp((long) slices * SAMPLE_PER_SLICE, SAMPLE_MIN, SAMPLE_MAX),
        (dataset, row) -> {
          if (keys.size() < 2 * SAMPLE_MAX) {
            keys.add(key(dataset, row.relativePath()));
          }
        });
    keys.sort(Arrays::compareUnsigned);
    List<byte[]> splits = new ArrayList<>();
    for (int i = 1; i < slices && !keys.isEmpty(); i++) {
      byte[] key = keys.get((int) ((long) keys.size() * i / slices));
      if (splits.isEmpty() || !Arrays.equals(splits.getLast(), key)) {
        splits.add(key);
      }
    }
    return splits;
  }

  private static byte[] key(int dataset, String path) {
    byte[] key = RowRecord.key(path);
    return ByteBuffer.allocate(Integer.BYTES + key.length).putInt(dataset).put(key).array();
  }

  /**
   * What is to be merged, in any order, by anybody.
   *
   * @param read one answer to each of {@link #reads}
   */
  public List<SpreadMerge> merges(List<SpreadRead.Done> read) {
    List<SpreadMerge> merges = new ArrayList<>();
    int slices = read.getFirst().ends().length;
    for (int slice = 0; slice < slices; slice++) {
      List<Slice> parts = new ArrayList<>();
      for (SpreadRead.Done run : read) {
        long from = slice == 0 ? 0 : run.ends()[slice - 1];
        long to = run.ends()[slice];
        if (to > from) {
          parts.add(new Slice(run.file(), from, to));
        }
      }
      if (!parts.isEmpty()) {
        merges.add(new SpreadMerge(merges.size(), place.scratch().toString(), parts, rowsPerPart));
      }
    }
    return merges;
  }

  /**
   * Publishes the export.
   *
   * @param read and {@code merged}: one answer to each
   */
  public ExportManifest finish(List<SpreadRead.Done> read, List<SpreadMerge.Done> merged)
      throws IOException, RefusedException {
    List<SpreadMerge.Done> inOrder = new ArrayList<>(merged);
    inOrder.sort(Comparator.comparingInt(SpreadMerge.Done::number));
    List<ExportedDataset> exported = new ArrayList<>();
    for (int i = 0; i < datasets.size(); i++) {
      exported.add(exported(i, read, inOrder));
    }
    exported.sort(Comparator.comparing(ExportedDataset::name));
    ExportManifest manifest = new ExportManifest(began, "postgresql", exported);
    Exports.seal(place.fresh(), manifest);
    place.publish();
    return manifest;
  }

  private ExportedDataset exported(
      int index, List<SpreadRead.Done> read, List<SpreadMerge.Done> merged) throws IOException {
    Dataset dataset = datasets.get(index);
    String below = ExportSchema.DATASET_FOLDER + dataset.id();
    Files.createDirectory(place.fresh().resolve(below));
    List<ExportPart> parts = new ArrayList<>();
    for (SpreadMerge.Done done : merged) {
      for (SpreadMerge.Made made : done.made()) {
        if (made.dataset() == index) {
          for (ExportPart part : made.parts()) {
            parts.add(moved(part, below + "/" + ExportSchema.part(parts.size())));
          }
        }
      }
    }
    return new ExportedDataset(
        dataset.id(),
        dataset.name(),
        dataset.path(),
        dataset.type(),
        dataset.kind(),
        dataset.files(),
        dataset.bytes(),
        dataset.updatedAt(),
        read.stream().mapToLong(done -> done.unsafePaths()[index]).sum(),
        read.stream().flatMap(done -> done.unsafe().get(index).stream()).limit(5).toList(),
        parts);
  }

  private ExportPart moved(ExportPart part, String to) throws IOException {
    Files.move(
        place.scratch().resolve(part.file()),
        place.fresh().resolve(to),
        StandardCopyOption.ATOMIC_MOVE);
    return new ExportPart(to, part.rows(), part.bytes(), part.first(), part.last(), part.crc32c());
  }

  @Override
  public void close() throws IOException {
    try (snapshot) {
      place.close();
    }
  }
}
