package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A plan over its open file. The header is held; runs and entries are read when they are asked for.
 */
final class PlanReader implements SealedPlan {
  private final Path file;
  private final FileChannel channel;
  private final PlanHeader header;
  private final Extent extent;
  private final PlanFooter footer;

  /** Where the parts begin: the first run, the totals, the footer. */
  record Extent(long runsAt, long totalsAt, long footerAt) {}

  PlanReader(Path file, FileChannel channel, PlanHeader header, Extent extent, PlanFooter footer) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    this.extent = extent;
    this.footer = footer;
  }

  FileChannel channel() {
    return channel;
  }

  Extent extent() {
    return extent;
  }

  PlanFooter footer() {
    return footer;
  }

  @Override
  public PlanHeader header() {
    return header;
  }

  @Override
  public String fileSha256() {
    return footer.fileSha256();
  }

  @Override
  public Iterator<PlanRun> runs() {
    return new RunIterator(index());
  }

  @Override
  public Iterator<PlanRun> runsWithBytes() {
    return new RunIterator(index().countingBytes());
  }

  private RunIndex index() {
    PlanScan scan = new PlanScan(channel, extent.runsAt(), PlanLines.LINE_MAX);
    return new RunIndex(scan, header.sources().size());
  }

  @Override
  public List<PlanEntry> entries(PlanRun run) throws IOException {
    byte[] bytes = PlanFiles.bytes(channel, run.offset(), run.offset() + run.length());
    try {
      return new RunParser(header.sources().size()).parse(run, bytes, 0, bytes.length);
    } catch (InvalidPlanException e) {
      throw new IOException(PlanFiles.edited(file, e.getMessage()).getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Runs one after the other; a damaged line ends it with an {@link UncheckedIOException}. */
  private final class RunIterator implements Iterator<PlanRun> {
    private final RunIndex index;
    private @Nullable PlanRun next;

    RunIterator(RunIndex index) {
      this.index = index;
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        try {
          next = index.next();
        } catch (InvalidPlanException e) {
          throw new UncheckedIOException(
              new IOException(PlanFiles.edited(file, e.getMessage()).getMessage(), e));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return next != null;
    }

    @Override
    public PlanRun next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("no more runs");
      }
      PlanRun run = next;
      next = null;
      return run;
    }
  }
}
