package io.admix.engine.run;

import io.admix.catalog.Receipt;
import io.admix.catalog.Tasks;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of the runs that need not be done again, in order, spooled to a file: receipts are read
 * once, before any work, and never held.
 */
final class DoneRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DoneRuns.class);
  private static final int FORGET_AT_ONCE = 500;

  private final Path spool;
  private final DataInputStream in;
  private long next = -1;

  private DoneRuns(Path spool) throws IOException {
    this.spool = spool;
    this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(spool)));
    advance();
  }

  /**
   * Reads the task's receipts. Those that {@code isStale}, and damaged ones, are forgotten, with
   * their rows and failures, so that their runs are done again; the others are counted in {@code
   * tally}.
   */
  static DoneRuns read(
      Tasks tasks, Tasks.Lease lease, Path scratch, Tally tally, Predicate<Receipt> isStale)
      throws IOException {
    Files.createDirectories(scratch);
    Path spool = scratch.resolve("done-runs");
    Path stale = scratch.resolve("stale-runs");
    try (DataOutputStream done = output(spool);
        DataOutputStream forget = output(stale)) {
      tasks.receipts(
          lease.taskId(),
          receipt -> {
            try {
              Optional<ReceiptDetails> details =
                  isStale.test(receipt) ? Optional.empty() : details(receipt);
              if (details.isEmpty()) {
                forget.writeLong(receipt.run());
              } else {
                done.writeLong(receipt.run());
                tally.add(details.get());
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw new IOException("The numbers of finished runs cannot be spooled: " + e.getMessage(), e);
    }
    forget(tasks, lease, stale);
    return new DoneRuns(spool);
  }

  /** What a run did, or empty when its receipt is damaged: nothing is guessed, it is done again. */
  private static Optional<ReceiptDetails> details(Receipt receipt) {
    try {
      return Optional.of(ReceiptDetails.of(receipt));
    } catch (DamagedReceiptException e) {
      LOG.warn("{}; it is done again", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether this run is done. Asked in ascending order. */
  boolean contains(long run) throws IOException {
    while (next >= 0 && next < run) {
      advance();
    }
    return next == run;
  }

  private void advance() throws IOException {
    try {
      next = in.readLong();
    } catch (EOFException e) {
      next = -1;
    }
  }

  private static void forget(Tasks tasks, Tasks.Lease lease, Path stale) throws IOException {
    long[] runs = new long[FORGET_AT_ONCE];
    int count = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(stale)))) {
      for (long left = Files.size(stale) / Long.BYTES; left > 0; left--) {
        runs[count++] = in.readLong();
        if (count == runs.length || left == 1) {
          tasks.forget(lease, Arrays.copyOf(runs, count));
          count = 0;
        }
      }
    }
    Files.delete(stale);
  }

  private static DataOutputStream output(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  @Override
  public void close() throws IOException {
    in.close();
    Files.deleteIfExists(spool);
  }
}
