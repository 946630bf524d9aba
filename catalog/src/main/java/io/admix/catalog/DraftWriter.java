package io.admix.catalog;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a DRAFT in batches of 2,048, each a transaction that proves that the DRAFT is
 * still this writer's. What happens at the commit is given.
 */
final class DraftWriter implements FileWriter {
  private static final int BATCH_ROWS = 2_048;

  private final Database database;
  private final Clock clock;
  private final DatasetRows.Draft draft;
  private final Commit onCommit;
  private final List<NewFile> batch = new ArrayList<>(BATCH_ROWS);
  private final String prefix;
  private long files;
  private long bytes;
  private boolean done;

  DraftWriter(Database database, Clock clock, DatasetRows.Draft draft, Commit onCommit) {
    this.database = database;
    this.clock = clock;
    this.draft = draft;
    this.onCommit = onCommit;
    this.prefix = RowPaths.prefix(draft.path());
  }

  @Override
  public void add(NewFile file) {
    if (done) {
      throw new IllegalStateException("the writer is closed");
    }
    JsonTexts.require(file.tags(), "tags", file.relativePath());
    JsonTexts.require(file.metadata(), "metadata", file.relativePath());
    batch.add(file);
    files++;
    bytes += file.size();
    if (batch.size() == BATCH_ROWS) {
      flush();
    }
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    Ids.Block ids = Ids.block(batch.size());
    List<FileInsert> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      NewFile file = batch.get(i);
      rows.add(
          new FileInsert(
              ids.id(i),
              prefix + file.relativePath(),
              file.size(),
              file.modified(),
              file.checkSum(),
              file.tags(),
              file.taggedAt(),
              file.metadata(),
              null,
              null));
    }
    database.change(
        Database.Durability.BATCH,
        session -> {
          prolong(session);
          session.dialect().insertFiles(session, draft.id(), rows, clock.instant());
        });
    batch.clear();
  }

  private void prolong(Session session) throws SQLException {
    int held =
        session.update(
            "UPDATE {a}datasets SET writer_until = ? WHERE dataset_id = ? AND writer = ?",
            Writer.leaseFrom(clock.instant()),
            draft.id(),
            draft.writer());
    if (held != 1) {
      throw new LeaseLostException(
          "The registration of '%s' was taken for dead and removed by another process: run it again."
              .formatted(draft.name()));
    }
  }

  @Override
  public Dataset commit() {
    flush();
    Dataset dataset =
        database.write(
            Database.Durability.POWER_LOSS,
            session -> {
              prolong(session);
              return onCommit.commit(session, files, bytes);
            });
    done = true;
    return dataset;
  }

  @Override
  public void close() {
    if (done) {
      return;
    }
    done = true;
    database.change(
        Database.Durability.BATCH,
        session -> {
          int held =
              session.update(
                  "UPDATE {a}datasets SET writer_until = 0 WHERE dataset_id = ? AND writer = ?",
                  draft.id(),
                  draft.writer());
          if (held == 1) {
            DatasetRows.delete(session, draft.id());
          }
        });
  }

  /** Makes the draft's rows visible, in the present transaction. */
  @FunctionalInterface
  interface Commit {
    Dataset commit(Session session, long files, long bytes) throws SQLException;
  }
}
