package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What recording a batch costs: statements as the session counts them, commits as the log shows.
 */
class SqliteStatementsTest extends CatalogContract {
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int BATCHES = 4;

  @TempDir Path folder;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return SqliteForTests.settings(folder, clock);
  }

  @Test
  void aBatchIsOneCommit_andRowsGoInBy64() throws IOException {
    assertFew(null, null);
  }

  @Test
  void aBatchOfCarriedRowsIsOneCommit_andRowsGoInBy64() throws IOException {
    Dataset source = register("code", tagged("x/full.JSON"));
    assertFew(source.id(), ids(source).get("x/full.JSON"));
  }

  private void assertFew(String sourceDataset, String sourceRow) throws IOException {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    int commits = commits();
    long statements = database().statements();
    for (int batch = 0; batch < BATCHES; batch++) {
      RunRecord.Row[] rows = new RunRecord.Row[2_048];
      for (int i = 0; i < rows.length; i++) {
        rows[i] =
            new RunRecord.Row(
                "d/b%d-%04d".formatted(batch, i), 5, MODIFIED, sourceDataset, sourceRow);
      }
      tasks.record(lease, List.of(run(batch, rows)));
    }
    assertThat(commits() - commits).isEqualTo(BATCHES);
    assertThat(database().statements() - statements)
        .as("fence, task, receipts; rows by 64")
        .isLessThanOrEqualTo(BATCHES * (3 + 2_048 / 64));
  }

  /**
   * Transactions in the write-ahead log (sqlite.org/fileformat2.html#walformat): a frame that ends
   * one tells the size of the database after it. Frames of an older log bear other salt.
   */
  private int commits() throws IOException {
    ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("catalog.db-wal")));
    int page = log.getInt(8);
    long salt = log.getLong(16);
    int commits = 0;
    for (int at = LOG_HEADER;
        at + FRAME_HEADER + page <= log.capacity();
        at += FRAME_HEADER + page) {
      if (log.getLong(at + 8) == salt && log.getInt(at + 4) != 0) {
        commits++;
      }
    }
    return commits;
  }
}
