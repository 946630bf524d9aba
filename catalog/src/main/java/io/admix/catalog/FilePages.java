package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

  /** Rows of any dataset that are looked at before a dataset's own are sorted. */
  private static final int NEAR = 20_000;

  /** By how much clocks of two processes differ at most: leases would not hold longer before. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private static final String COLUMNS = "SELECT file_path, file_size, id, tags, upload_time FROM ";
  private static final String OF_DATASET = " WHERE dataset_id = ? AND status = 'ACTIVE'";
  private static final String SELECT = COLUMNS + "t_dm_dataset_files" + OF_DATASET;
  private static final String SELECT_NEAR =
      COLUMNS
          + "(SELECT * FROM t_dm_dataset_files WHERE id > ? ORDER BY id LIMIT "
          + NEAR
          + ") n"
          + OF_DATASET;
  private static final String BELOW = "SUBSTR(file_path, ?)";

  private FilePages() {}

  static FilePage page(
      Session session,
      Dataset dataset,
      @Nullable String contained,
      @Nullable String after,
      int size)
      throws SQLException {
    String from = after == null ? "" : after;
    List<Object> search = new ArrayList<>();
    String end = " ORDER BY id LIMIT ?";
    if (contained != null) {
      end = " AND (LOWER(%1$s) LIKE ? ESCAPE '!' OR %1$s LIKE ? ESCAPE '!')".formatted(BELOW) + end;
      addSearch(search, dataset, DatasetSearch.pattern(contained));
    }
    search.add((long) size);
    if (session.dialect().sortsFilesById() && isWorthANearLook(dataset)) {
      Read near =
          read(
              session, dataset, SELECT_NEAR + end, with(search, near(dataset, from), dataset.id()));
      if (near.rows == size) {
        return new FilePage(near.safe, near.last);
      }
    }
    Read read =
        read(session, dataset, SELECT + " AND id > ?" + end, with(search, dataset.id(), from));
    return new FilePage(read.safe, read.rows == size ? read.last : null);
  }

  /** Not where few are to be sorted, nor where nobody knows which rows are near. */
  private static boolean isWorthANearLook(Dataset dataset) {
    return dataset.kind() != Dataset.Kind.FOREIGN && dataset.files() > NEAR;
  }

  private static List<Object> with(List<Object> behind, String... before) {
    List<Object> all = new ArrayList<>(List.of(before));
    all.addAll(behind);
    return all;
  }

  /** Rows of ours are written one after another, soon after the id of their dataset was made. */
  private static String near(Dataset dataset, String after) {
    String first = Ids.before(dataset.id(), SKEW);
    return first.compareTo(after) > 0 ? first : after;
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
