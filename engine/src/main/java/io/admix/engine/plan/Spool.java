package io.admix.engine.plan;

import io.admix.core.select.RankHistogram;
import io.admix.engine.sort.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The matching files of one source, read once and kept on disk: a snapshot. Every match is counted;
 * what can no longer be chosen is left out, when a bound of what can be asked is known. Written by
 * one thread, then read as often as is wanted.
 */
final class Spool implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Matches between two looks at the histogram. */
  private static final int REFRESH = 1 << 14;

  private final RecordFile file;
  private final RecordFile.Writer writer;
  private final RankHistogram histogram = new RankHistogram();
  private final long most;
  private long bound = -1L;

  /**
   * @param most how many of the lowest ranks can be asked for at all
   */
  Spool(Path path, long most) throws IOException {
    this.file = new RecordFile(path);
    this.writer = file.write(BUFFER_BYTES);
    this.most = most;
  }

  /** Counts a match; true when it may still be chosen and is to be added. */
  boolean offer(long rank) {
    histogram.add(rank);
    long total = histogram.total();
    if (total > most && total % REFRESH == 0) {
      bound = histogram.bound(most);
    }
    return Long.compareUnsigned(rank, bound) <= 0;
  }

  void add(Candidate candidate) throws IOException {
    writer.add(candidate.array(), candidate.offset(), candidate.length());
  }

  /** Ends writing. */
  void finish() throws IOException {
    writer.finish();
    writer.close();
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
    writer.close();
    file.delete();
  }

  /** Sees candidates; the object is reused. */
  @FunctionalInterface
  interface Visitor {
    void visit(Candidate candidate) throws IOException;
  }
}
