package io.admix.bench;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.FileRow;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.ExportPart;
import io.admix.engine.export.ExportSchema;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.export.Exports;
import io.admix.engine.export.PartsWriter;
import io.admix.engine.export.RowRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes an export of generated rows that no database holds: {@code ExportedRows HOME EXPORT ROWS}.
 * Four datasets, of 4, 3, 2 and 1 tenths of the rows, are registered in the home without a row; the
 * second and the last are tagged. Paths have 1,000 files to a folder; ids, sizes and times look as
 * they do in a catalogue, and pack no better.
 */
public final class ExportedRows {
  private static final int PART_ROWS = 1_000_000;
  private static final List<String> NAMES = List.of("web", "code", "papers", "dialogue");
  private static final List<String> LANGUAGES = List.of("python", "java", "rust", "go", "other");

  private ExportedRows() {}

  public static void main(String[] args) throws Exception {
    Path home = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Path folder = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    long rows = Long.parseLong(args[2]);
    List<ExportedDataset> made = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Dataset> datasets = register(home);
      for (int i = 0; i < datasets.size(); i++) {
        made.add(write(threads, folder, datasets.get(i), i, rows * (4 - i) / 10));
      }
    }
    made.sort((a, b) -> a.name().compareTo(b.name()));
    ExportManifest manifest = new ExportManifest(Instant.now(), "sqlite", made);
    Exports.seal(folder, manifest);
    System.out.println(manifest.rows() + " " + manifest.bytes());
  }

  private static List<Dataset> register(Path home) throws IOException {
    List<Dataset> datasets = new ArrayList<>();
    var settings =
        new CatalogSettings(
            "jdbc:sqlite:" + home.resolve("catalog.db"),
            null,
            null,
            ZoneId.of("UTC"),
            Clock.systemUTC());
    try (Catalog catalog = Catalog.open(settings)) {
      for (String name : NAMES) {
        Path root = Files.createDirectories(home.resolve("generated").resolve(name)).toRealPath();
        try (var writer = catalog.datasets().register(name, root.toString(), "TEXT")) {
          datasets.add(writer.commit());
        }
      }
    }
    return datasets;
  }

  private static ExportedDataset write(
      ExecutorService threads, Path folder, Dataset dataset, int number, long rows)
      throws IOException, InterruptedException, ExecutionException {
    String below = ExportSchema.DATASET_FOLDER + dataset.id();
    Files.createDirectory(folder.resolve(below));
    List<Future<List<ExportPart>>> parts =
        LongStream.iterate(0, from -> from < rows, from -> from + PART_ROWS)
            .mapToObj(from ->
                threads.submit(() ->
                    part(
                        folder,
                        below + "/part-%05d.parquet".formatted(from / PART_ROWS),
                        number,
                        from,
                        Math.min(rows, from + PART_ROWS))))
            .toList();
    List<ExportPart> all = new ArrayList<>();
    for (Future<List<ExportPart>> part : parts) {
      all.addAll(part.get());
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
        0,
        List.of(),
        all);
  }

  private static List<ExportPart> part(Path folder, String name, int dataset, long from, long to)
      throws IOException {
    Generated row = new Generated(dataset % 2 == 1, dataset);
    RowRecord recorded = new RowRecord();
    try (PartsWriter writer = new PartsWriter(folder, part -> name, Long.MAX_VALUE)) {
      for (long number = from; number < to; number++) {
        row.number = number;
        recorded.set(row);
        writer.add(recorded.array(), 0, recorded.length());
      }
      return writer.finish();
    }
  }

  /** A row made of its number. */
  private static final class Generated implements FileRow {
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final long SPAN_SECONDS = 6L * 365 * 86_400;

    private final boolean isTagged;
    private final long salt;
    private long number;

    Generated(boolean isTagged, int dataset) {
      this.isTagged = isTagged;
      this.salt = 0x9E3779B97F4A7C15L * (dataset + 1);
    }

    /** Bits that look random, by the finalizer of SplitMix64. */
    private long bits(int of) {
      long z = number * 4 + of + salt;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      return z ^ z >>> 31;
    }

    @Override
    public String relativePath() {
      return "shard-%06d/doc-%010d.txt".formatted(number / 1_000, number);
    }

    @Override
    public byte[] relativeUtf8() {
      byte[] path = "shard-000000/doc-0000000000.txt".getBytes(StandardCharsets.US_ASCII);
      digits(path, 12, number / 1_000);
      digits(path, 27, number);
      return path;
    }

    private static void digits(byte[] text, int end, long value) {
      long rest = value;
      for (int at = end - 1; rest > 0; at--) {
        text[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }

    @Override
    public String id() {
      return new String(idUtf8(), StandardCharsets.US_ASCII);
    }

    /** A UUID of version 7, of which the first 12 digits grow with the rows. */
    @Override
    public byte[] idUtf8() {
      byte[] id = "00000000-0000-7000-8000-000000000000".getBytes(StandardCharsets.US_ASCII);
      hex(id, 13, 0x19_0000_0000L + number / 500);
      hex(id, 18, bits(0) & 0xFFF | 0x7000);
      hex(id, 36, bits(1) & 0xFFFF_FFFF_FFFFL);
      return id;
    }

    private static void hex(byte[] text, int end, long value) {
      long rest = value;
      for (int at = end - 1; rest > 0; at--) {
        if (text[at] != '-') {
          text[at] = (byte) "0123456789abcdef".charAt((int) (rest & 15));
          rest >>>= 4;
        }
      }
    }

    @Override
    public long size() {
      return bits(2) >>> 44;
    }

    @Override
    public Instant modified() {
      return FIRST.plusSeconds(Long.remainderUnsigned(bits(3), SPAN_SECONDS));
    }

    @Override
    public @Nullable Instant taggedAt() {
      return isTagged ? FIRST.plusSeconds(SPAN_SECONDS) : null;
    }

    @Override
    public @Nullable String tags() {
      return isTagged
          ? "[{\"id\":\"t\",\"type\":\"choices\",\"from_name\":\"language\",\"values\":{\"choices\":[\"%s\"]}}]"
              .formatted(LANGUAGES.get((int) Long.remainderUnsigned(bits(3), LANGUAGES.size())))
          : null;
    }

    @Override
    public boolean anyLabel(LabelTest test) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String metadata() {
      return null;
    }

    @Override
    public @Nullable String checkSum() {
      return null;
    }
  }
}
