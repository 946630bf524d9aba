package io.admix.engine.plan;

import io.admix.core.select.RankHistogram;
import io.admix.engine.sort.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The matching files of one source, read once and kept on disk: a snapshot. Every match is counted;
 * what can no longer be chosen is left out, when a bound of what can be asked is known. Opened,
 * written by one thread, finished, then read as often as is wanted.
 */
final class Spool implements CandidateSink, Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Of the buffers of all spools that are written at a time. */
  private static final int BUFFERS_BYTES = 16 << 20;

  private static final int BUFFER_BYTES_MIN = 1 << 12;

  /** Of the histograms of all spools together. */
  private static final int HISTOGRAMS_BYTES = 32 << 20;

  private static final int HISTOGRAM_BITS_MIN = 8;

  /** Matches between two looks at the histogram. */
  private static final int REFRESH = 1 << 14;

  private final RecordFile file;
  private final RankHistogram histogram;
  private final long most;
  private final int bufferBytes;
  private long bound = -1L;
  private RecordFile.@Nullable Writer writer;

  /**
   * @param most how many of the lowest ranks can be asked for at all
   * @param spools how many there are beside it: they share a fixed memory
   */
  Spool(Path path, long most, int spools) {
    this.file = new RecordFile(path);
    this.most = most;
    this.bufferBytes = Math.clamp(BUFFERS_BYTES / spools, BUFFER_BYTES_MIN, BUFFER_BYTES);
    this.histogram = new RankHistogram(histogramBits(spools));
  }

  private static int histogramBits(int spools) {
    int bits = RankHistogram.BITS_MAX;
    while (bits > HISTOGRAM_BITS_MIN && ((long) spools * Long.BYTES << bits) > HISTOGRAMS_BYTES) {
      bits--;
    }
    return bits;
  }

  /** Begins writing. */
  void open() throws IOException {
    writer = file.write(bufferBytes);
  }

  @Override
  public boolean offer(long rank) {
    histogram.add(rank);
    long total = histogram.total();
    if (total > most && total % REFRESH == 0) {
      bound = histogram.bound(most);
    }
    return Long.compareUnsigned(rank, bound) <= 0;
  }

  @Override
  public void add(Candidate candidate) throws IOException {
    Objects.requireNonNull(writer, "the spool is open")
        .add(candidate.array(), candidate.offset(), candidate.length());
  }

  /** Ends writing. */
  void finish() throws IOException {
    RecordFile.Writer open = Objects.requireNonNull(writer, "the spool is open");
    open.finish();
    open.close();
    writer = null;
  }

  /** All matches, those that were left out too. */
  long available() {
    return histogram.total();
  }

  RankHistogram histogram() {
    return histogram;
  }

  /** Shows each kept file to the visitor. */
  void forEach(Visitor visitor) throws IOException {
    Candidate candidate = new Candidate();
    try (RecordFile.Reader reader = file.read(BUFFER_BYTES)) {
      while (reader.advance()) {
        candidate.over(reader.array(), reader.offset(), reader.length());
        visitor.visit(candidate);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
    file.delete();
  }

  /** Sees candidates; the object is reused. */
  @FunctionalInterface
  interface Visitor {
    void visit(Candidate candidate) throws IOException;
  }
}
