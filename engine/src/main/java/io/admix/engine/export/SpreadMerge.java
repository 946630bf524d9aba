package io.admix.engine.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The second half of a spread export, done by many: merges one slice of all sorted files into
 * parts. May be done several times; each time makes files of its own.
 *
 * @param folder shared by all
 * @param slices one of each sorted file
 */
public record SpreadMerge(int number, String folder, List<Slice> slices, long rowsPerPart)
    implements Serializable {
  private static final int BUFFERS_BYTES = 16 << 20;

  /** Some bytes of a sorted file. */
  public record Slice(String file, long from, long to) implements Serializable {}

  /**
   * The parts of one dataset, in order; their files are still in the shared folder.
   *
   * @param dataset its place
   */
  public record Made(int dataset, List<ExportPart> parts) implements Serializable {
    public Made {
      parts = List.copyOf(parts);
    }
  }

  /** What was made, in the order of datasets. */
  public record Done(int number, List<Made> made) implements Serializable {}

  /** Merges and writes. */
  public Done run() throws IOException {
    Path shared = Path.of(folder);
    Path own =
        Files.createDirectory(shared.resolve("parts-%05d-%s".formatted(number, UUID.randomUUID())));
    List<RunFile.Reader> readers = new ArrayList<>();
    try (Parts parts = new Parts(shared, own.getFileName().toString(), rowsPerPart)) {
      int buffer = Math.clamp(BUFFERS_BYTES / Math.max(1, slices.size()), 1 << 12, 1 << 16);
      PriorityQueue<RunFile.Reader> lowestFirst = new PriorityQueue<>();
      for (Slice slice : slices) {
        RunFile.Reader reader =
            new RunFile.Reader(shared.resolve(slice.file()), slice.from(), slice.to(), buffer);
        readers.add(reader);
        if (reader.advance()) {
          lowestFirst.add(reader);
        }
      }
      for (RunFile.Reader low = lowestFirst.poll(); low != null; low = lowestFirst.poll()) {
        parts.add(low.array(), low.length());
        if (low.advance()) {
          lowestFirst.add(low);
        }
      }
      return new Done(number, parts.finish());
    } finally {
      for (RunFile.Reader reader : readers) {
        reader.close();
      }
    }
  }

  /** Writes records, each after its dataset's place, to parts of their datasets. */
  private static final class Parts implements Closeable {
    private final Path shared;
    private final String own;
    private final long rowsPerPart;
    private final List<Made> made = new ArrayList<>();
    private @Nullable PartsWriter writer;
    private int dataset = -1;

    Parts(Path shared, String own, long rowsPerPart) {
      this.shared = shared;
      this.own = own;
      this.rowsPerPart = rowsPerPart;
    }

    void add(byte[] array, int length) throws IOException {
      int of = ByteBuffer.wrap(array).getInt();
      PartsWriter open = writer;
      if (open == null || of != dataset) {
        end();
        dataset = of;
        open =
            new PartsWriter(
                shared,
                number -> "%s/%d-%s".formatted(own, of, ExportSchema.part(number)),
                rowsPerPart);
        writer = open;
      }
      open.add(array, Integer.BYTES, length - Integer.BYTES);
    }

    private void end() throws IOException {
      PartsWriter open = writer;
      if (open != null) {
        made.add(new Made(dataset, open.finish()));
        open.close();
        writer = null;
      }
    }

    List<Made> finish() throws IOException {
      end();
      return List.copyOf(made);
    }

    @Override
    public void close() throws IOException {
      PartsWriter open = writer;
      if (open != null) {
        open.close();
      }
    }
  }
}
