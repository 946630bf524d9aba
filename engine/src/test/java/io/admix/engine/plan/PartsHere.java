package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.ExportPart;
import io.admix.engine.export.ExportedDataset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue's datasets cut into parts in memory, and workers on them that stand in for machines:
 * work and answers are serialised, and what writes files runs twice.
 */
final class PartsHere implements PartWorkers {
  final Map<String, List<List<Stored>>> rows = new HashMap<>();
  private final List<ExportedDataset> datasets = new ArrayList<>();
  private final Path scratch;
  private List<PartToRead> kept = List.of();
  private final Map<Integer, List<byte[]>> blocks = new HashMap<>();
  private int runs;

  /** Done once before files are chosen. */
  Runnable beforeChoosing = () -> {};

  /** A row of a part. */
  record Stored(
      String path,
      long size,
      String id,
      @Nullable Long modified,
      @Nullable Long taggedAt,
      @Nullable String tags,
      @Nullable String metadata) {}

  /**
   * @param several into how many parts each dataset is cut
   */
  PartsHere(Catalog catalog, Path scratch, int several) {
    this.scratch = scratch;
    for (Dataset dataset : catalog.datasets().list()) {
      List<Stored> all = new ArrayList<>();
      ScanSummary skipped =
          catalog
              .datasets()
              .scan(
                  dataset,
                  EnumSet.of(Column.TAGS, Column.TAGGED_AT, Column.MODIFIED, Column.METADATA),
                  row -> all.add(stored(row)));
      all.sort((a, b) ->
          PartReading.compare(
              a.path.getBytes(StandardCharsets.UTF_8), b.path.getBytes(StandardCharsets.UTF_8)));
      List<List<Stored>> parts = cut(all, several);
      rows.put(dataset.id(), parts);
      List<ExportPart> named = new ArrayList<>();
      parts.forEach(
          part -> named.add(new ExportPart("part-" + named.size(), part.size(), 0, "", "", "")));
      datasets.add(
          new ExportedDataset(
              dataset.id(),
              dataset.name(),
              dataset.path(),
              dataset.type(),
              dataset.kind(),
              dataset.files(),
              dataset.bytes(),
              dataset.updatedAt(),
              skipped.unsafePaths(),
              skipped.unsafe(),
              named));
    }
  }

  private static Stored stored(FileRow row) {
    return new Stored(
        row.relativePath(),
        row.size(),
        row.id(),
        nanoseconds(row.modified()),
        nanoseconds(row.taggedAt()),
        row.tags(),
        row.metadata());
  }

  private static @Nullable Long nanoseconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  /** Rows of one file stay together. */
  private static List<List<Stored>> cut(List<Stored> all, int several) {
    List<List<Stored>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < several; i++) {
      int to = Math.max(from, (int) ((long) all.size() * (i + 1) / several));
      while (to > from && to < all.size() && all.get(to).path.equals(all.get(to - 1).path)) {
        to++;
      }
      parts.add(new ArrayList<>(all.subList(from, to)));
      from = to;
    }
    return parts;
  }

  ExportManifest export() {
    return new ExportManifest(Instant.EPOCH, "sqlite", datasets);
  }

  @Override
  public <R extends Serializable> void overRows(
      List<PartToRead> parts, RowWork<R> work, Answers<R> answers) throws IOException {
    for (PartToRead part : parts) {
      answers.take(part.index(), sent(sent(work).work(part.index(), rows(part))));
    }
  }

  @Override
  public void keep(List<PartToRead> parts, Keeping how) {
    kept = parts.reversed();
    blocks.clear();
    for (PartToRead part : parts) {
      List<byte[]> made = new ArrayList<>();
      sent(how).keep(part.index(), rows(part)).forEachRemaining(made::add);
      blocks.put(part.index(), made);
    }
  }

  @Override
  public <R extends Serializable> void overKept(KeptWork<R> work, Answers<R> answers)
      throws IOException {
    if (work instanceof PartChooser) {
      beforeChoosing.run();
    }
    for (PartToRead part : kept) {
      if (work instanceof PartChooser) {
        run(work, part);
      }
      answers.take(part.index(), sent(run(work, part)));
    }
  }

  private <R extends Serializable> R run(KeptWork<R> work, PartToRead part) throws IOException {
    Worker worker = new Worker("worker-" + part.index(), scratch, "run-" + runs++);
    List<byte[]> of = Objects.requireNonNull(blocks.get(part.index()));
    return sent(work).work(part.index(), of.iterator(), worker);
  }

  private Iterator<FileRow> rows(PartToRead part) {
    int number = Integer.parseInt(part.part().file().substring("part-".length()));
    PartRow reused = new PartRow();
    return Objects.requireNonNull(rows.get(part.datasetId())).get(number).stream()
        .map(row -> {
          reused.begin(
              row.path.getBytes(StandardCharsets.UTF_8),
              row.size,
              row.id.getBytes(StandardCharsets.UTF_8));
          if (part.columns().contains(Column.MODIFIED)) {
            reused.modified(row.modified);
          }
          if (part.columns().contains(Column.TAGGED_AT)) {
            reused.taggedAt(row.taggedAt);
          }
          if (part.columns().contains(Column.METADATA)) {
            reused.metadata(row.metadata);
          }
          if (part.columns().contains(Column.TAGS)) {
            reused.tags(row.tags);
          }
          return (FileRow) reused;
        })
        .iterator();
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"})
  private static <T> T sent(T object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {}
}
