package io.admix.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The present row of a scan. Columns are fetched when they are asked for: most rows are judged by
 * their path alone.
 */
final class ScannedRow implements FileRow {
  private static final byte[] NOTHING = {};
  private static final int PATH = 1;
  private static final int SIZE = 2;
  private static final int ID = 3;

  private final ResultSet rows;
  private final Dialect dialect;
  private final String prefix;
  private final Map<Datasets.Column, Integer> places = new EnumMap<>(Datasets.Column.class);
  private @Nullable TagLabels labels;
  private byte[] bytes = NOTHING;
  private String path = "";

  ScannedRow(ResultSet rows, Dialect dialect, String prefix, Set<Datasets.Column> columns) {
    this.rows = rows;
    this.dialect = dialect;
    this.prefix = prefix;
    int next = ID + 1;
    for (Datasets.Column column : Datasets.Column.values()) {
      if (columns.contains(column)) {
        places.put(column, next++);
      }
    }
  }

  /** Goes on to the result's present row; false when its path is not to be handed out. */
  boolean advance() throws SQLException {
    byte @Nullable [] stored = rows.getBytes(PATH);
    bytes = stored == null ? NOTHING : stored;
    path = new String(bytes, StandardCharsets.UTF_8);
    return RowPaths.isBelow(prefix, path);
  }

  /**
   * Whether it holds anything that a mix carries over.
   *
   * @param place of {@link BareDatasets#TYPE_UNLESS_CARRYING}
   */
  boolean carries(int place) throws SQLException {
    byte @Nullable [] type = rows.getBytes(place);
    return type == null || type.length > 0 && BareDatasets.isOwnType(bytes, type);
  }

  /** As stored, safe or not. */
  String path() {
    return path;
  }

  @Override
  public String relativePath() {
    return path.substring(prefix.length());
  }

  @Override
  public byte[] relativeUtf8() {
    return isAscii(bytes)
        ? Arrays.copyOfRange(bytes, prefix.length(), bytes.length)
        : relativePath().getBytes(StandardCharsets.UTF_8);
  }

  /** What is no UTF-8 is read as other characters: their bytes count then. */
  private static boolean isAscii(byte[] text) {
    int any = 0;
    for (byte b : text) {
      any |= b;
    }
    return any >= 0;
  }

  @Override
  public byte[] idUtf8() {
    return get(() -> rows.getBytes(ID));
  }

  @Override
  public String id() {
    return get(() -> rows.getString(ID));
  }

  @Override
  public long size() {
    return get(() -> rows.getLong(SIZE));
  }

  @Override
  public @Nullable String checkSum() {
    int place = place(Datasets.Column.CHECK_SUM);
    return get(() -> rows.getString(place));
  }

  @Override
  public @Nullable String metadata() {
    int place = place(Datasets.Column.METADATA);
    return get(() -> rows.getString(place));
  }

  @Override
  public @Nullable Instant modified() {
    int place = place(Datasets.Column.MODIFIED);
    return get(() -> dialect.readTime(rows, place));
  }

  @Override
  public @Nullable Instant taggedAt() {
    int place = place(Datasets.Column.TAGGED_AT);
    return get(() -> dialect.readTime(rows, place));
  }

  @Override
  public @Nullable String tags() {
    int place = place(Datasets.Column.TAGS);
    return get(() -> rows.getString(place));
  }

  @Override
  public boolean anyLabel(LabelTest test) {
    @Nullable String tags = tags();
    if (tags == null) {
      return false;
    }
    if (labels == null) {
      labels = new TagLabels();
    }
    return labels.any(tags, test);
  }

  private int place(Datasets.Column column) {
    Integer place = places.get(column);
    if (place == null) {
      throw new IllegalStateException("the scan was not asked to read " + column);
    }
    return place;
  }

  private static <T extends @Nullable Object> T get(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException fault) {
      throw Faults.of(fault);
    }
  }

  @FunctionalInterface
  private interface Getter<T extends @Nullable Object> {
    T get() throws SQLException;
  }
}
