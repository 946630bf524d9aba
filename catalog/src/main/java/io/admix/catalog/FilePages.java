package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads some rows of a dataset, from where an earlier page ended. */
final class FilePages {
  private static final int TEXT_MAX = 200;

  private FilePages() {}

  static FilePage page(Session session, Dataset dataset, @Nullable String after, int size)
      throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "SELECT file_path, file_size, id, tags, upload_time FROM t_dm_dataset_files WHERE dataset_id = ? AND status = 'ACTIVE' AND id > ? ORDER BY id LIMIT ?");
    session.bind(statement, dataset.id(), after == null ? "" : after, (long) size);
    session.count();
    List<DatasetFile> files = new ArrayList<>();
    int read = 0;
    String last = "";
    try (ResultSet rows = statement.executeQuery()) {
      ScannedRow row =
          new ScannedRow(
              rows,
              session.dialect(),
              RowPaths.prefix(dataset.path()),
              EnumSet.of(Datasets.Column.TAGS, Datasets.Column.MODIFIED));
      while (rows.next()) {
        read++;
        boolean isSafe = row.advance();
        last = row.id();
        if (isSafe) {
          files.add(file(row));
        }
      }
    }
    return new FilePage(files, read == size ? last : null);
  }

  private static DatasetFile file(ScannedRow row) {
    List<DatasetFile.Label> labels = new ArrayList<>();
    row.anyLabel((label, value) -> {
      labels.add(new DatasetFile.Label(cut(label), cut(value)));
      return labels.size() == DatasetFile.LABELS_SHOWN;
    });
    return new DatasetFile(row.id(), row.relativePath(), row.size(), row.modified(), labels);
  }

  private static String cut(String text) {
    return NewTasks.cut(text, TEXT_MAX);
  }
}
