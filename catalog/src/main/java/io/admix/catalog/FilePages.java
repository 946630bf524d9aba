package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads some rows of a dataset, from where an earlier page ended. */
final class FilePages {
  private static final int TEXT_MAX = 200;

  /** Rows whose labels stand for all: a folder's files are labelled alike. */
  private static final int SAMPLE = 100;

  private static final String SELECT =
      "SELECT file_path, file_size, id, tags, upload_time FROM t_dm_dataset_files WHERE dataset_id = ? AND status = 'ACTIVE'";
  private static final String BELOW = "SUBSTR(file_path, ?)";

  private FilePages() {}

  static FilePage page(
      Session session,
      Dataset dataset,
      @Nullable String contained,
      @Nullable String after,
      int size)
      throws SQLException {
    List<Object> arguments = new ArrayList<>(List.of(dataset.id(), after == null ? "" : after));
    String search = "";
    if (contained != null) {
      search = " AND (LOWER(%1$s) LIKE ? ESCAPE '!' OR %1$s LIKE ? ESCAPE '!')".formatted(BELOW);
      addSearch(arguments, dataset, DatasetSearch.pattern(contained));
    }
    arguments.add((long) size);
    Read read =
        read(session, dataset, SELECT + " AND id > ?" + search + " ORDER BY id LIMIT ?", arguments);
    return new FilePage(read.safe, read.rows == size ? read.last : null);
  }

  /** The dataset's own folder is in every path, and is nothing that a file is found by. */
  private static void addSearch(List<Object> arguments, Dataset dataset, String pattern) {
    String folder = RowPaths.prefix(dataset.path());
    int from = folder.codePointCount(0, folder.length()) + 1;
    arguments.addAll(List.of(from, pattern.toLowerCase(Locale.ROOT), from, pattern));
  }

  static Optional<DatasetFile> file(Session session, Dataset dataset, String id)
      throws SQLException {
    return read(session, dataset, SELECT + " AND id = ?", List.of(dataset.id(), id)).safe.stream()
        .findFirst();
  }

  static SortedSet<String> labelNames(Session session, Dataset dataset) throws SQLException {
    SortedSet<String> names = new TreeSet<>();
    for (DatasetFile file :
        read(session, dataset, SELECT + " LIMIT ?", List.of(dataset.id(), (long) SAMPLE)).safe) {
      file.labels().forEach(label -> names.add(label.name()));
    }
    return names;
  }

  /**
   * @param rows how many were read, also those that are not to be shown
   * @param last id of the last of them
   */
  private record Read(List<DatasetFile> safe, int rows, String last) {}

  private static Read read(Session session, Dataset dataset, String sql, List<Object> arguments)
      throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    session.bind(statement, arguments.toArray());
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
    return new Read(files, read, last);
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
