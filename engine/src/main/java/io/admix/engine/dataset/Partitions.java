package io.admix.engine.dataset;

import io.admix.engine.place.ObjectFacts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files and tags spooled to disk, divided by a hash of the path, so that a file and its tags lie in
 * the same part. One part's tags are held in memory at a time: this is the hash join of GRACE
 * (Kitsuregawa et al. 1983), which needs no order on either side.
 */
final class Partitions implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;
  private final Path folder;
  private final String kind;
  private final @Nullable DataOutputStream[] outputs;

  private Partitions(Path folder, String kind, int count) {
    this.folder = folder;
    this.kind = kind;
    this.outputs = new DataOutputStream[count];
  }

  static Partitions in(Path folder, String kind, int count) {
    return new Partitions(folder, kind, count);
  }

  void add(ScannedFile file) throws IOException {
    DataOutputStream out = output(file.path());
    writeText(out, file.path());
    out.writeLong(file.size());
    out.writeLong(file.modifiedNs());
    ObjectFacts object = file.object();
    writeText(out, object == null ? null : object.etag());
    writeText(out, object == null ? null : object.storageClass());
  }

  void add(TagLine line) throws IOException {
    DataOutputStream out = output(line.path());
    writeText(out, line.path());
    out.writeLong(line.number());
    writeText(out, line.tags());
    writeText(out, line.taggedAt());
    writeText(out, line.metadata());
  }

  /** Ends writing; parts may be read now. */
  void finish() throws IOException {
    for (DataOutputStream out : outputs) {
      if (out != null) {
        out.close();
      }
    }
  }

  void readFiles(int part, FileSink sink) throws IOException, InterruptedException {
    try (DataInputStream in = input(part)) {
      for (Optional<String> path = readText(in); path.isPresent(); path = readText(in)) {
        sink.file(new ScannedFile(path.get(), in.readLong(), in.readLong(), readObject(in)));
      }
    }
  }

  private static @Nullable ObjectFacts readObject(DataInputStream in) throws IOException {
    Optional<String> etag = readText(in);
    Optional<String> storageClass = readText(in);
    return etag.isEmpty() || storageClass.isEmpty()
        ? null
        : new ObjectFacts(etag.get(), storageClass.get());
  }

  void readTags(int part, TagSink sink) throws IOException {
    try (DataInputStream in = input(part)) {
      for (Optional<String> path = readText(in); path.isPresent(); path = readText(in)) {
        long number = in.readLong();
        sink.line(
            new TagLine(
                number,
                path.get(),
                readText(in).orElse(null),
                readText(in).orElse(null),
                readText(in).orElse(null)));
      }
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    for (int part = 0; part < outputs.length; part++) {
      Files.deleteIfExists(file(part));
    }
  }

  private DataOutputStream output(String path) throws IOException {
    int part = Math.floorMod(spread(path.hashCode()), outputs.length);
    DataOutputStream out = outputs[part];
    if (out == null) {
      out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file(part)), BUFFER_BYTES));
      outputs[part] = out;
    }
    return out;
  }

  private DataInputStream input(int part) throws IOException {
    Path file = file(part);
    return new DataInputStream(
        Files.exists(file)
            ? new BufferedInputStream(Files.newInputStream(file), 1 << 16)
            : java.io.InputStream.nullInputStream());
  }

  private Path file(int part) {
    return folder.resolve(kind + "-" + part);
  }

  private static int spread(int hash) {
    return (hash ^ (hash >>> 16)) * 0x45d9f3b;
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** Empty for null and at the end of the part: a path is never null. */
  private static Optional<String> readText(DataInputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty();
    }
    in.reset();
    int length = in.readInt();
    return length < 0
        ? Optional.empty()
        : Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  /** Receives files. */
  @FunctionalInterface
  interface FileSink {
    void file(ScannedFile file) throws IOException, InterruptedException;
  }

  /** Receives lines of a tags file. */
  @FunctionalInterface
  interface TagSink {
    void line(TagLine line) throws IOException;
  }
}
