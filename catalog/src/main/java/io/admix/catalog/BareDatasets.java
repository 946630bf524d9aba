package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Datasets in an SQLite file of which a scan saw that no row holds anything to carry over to a mix:
 * neither checksum nor tags nor annotation nor metadata, nor a file type of its own. Their mixes'
 * rows are inserted without looking the source rows up, which is two fifths of the work.
 *
 * <p>What was seen holds as long as nothing was written to rows that were there: {@code PRAGMA
 * data_version} of the connection that writes changes with every commit of another connection, and
 * this process tells by {@link #changed} before it changes rows itself. It gives a row the file
 * type that its name tells; so is that of the mix's row, whose name has the same extension.
 * Bounded; safe for use by many threads.
 */
final class BareDatasets {
  private static final int KEPT = 1_024;

  /**
   * Of a row: null where it holds something to carry over, whatever its name; else its file type,
   * empty where it has none. {@link #isOwnType} judges that: in SQL it takes three times as long.
   */
  static final String TYPE_UNLESS_CARRYING =
      "CASE WHEN check_sum IS NULL AND tags IS NULL AND tags_updated_at IS NULL AND annotation IS NULL AND metadata IS NULL AND (file_type IS NULL OR file_type <> '') THEN coalesce(file_type, '') END";

  /** Dataset to the version at which the scan began. */
  private final Map<String, Version> versions = new EldestOut();

  private long generation;

  /**
   * Of all rows: as long as it is the same, no row has changed.
   *
   * @param generation counts this process' own changes, and its writing connections
   * @param others tells other connections' commits; counted anew by each writing connection
   */
  record Version(long generation, long others) {}

  /**
   * Whether a file type is, or may be, another than {@link FileInsert#type} makes of the path: it
   * is told of any that is not plainly the extension in small letters of ASCII.
   *
   * @param type not empty
   */
  static boolean isOwnType(byte[] path, byte[] type) {
    int dot = path.length - type.length - 1;
    if (type.length > FileInsert.TYPE_LENGTH_MAX || dot < 1 || path[dot] != '.') {
      return true;
    }
    for (int i = 0; i < type.length; i++) {
      byte letter = type[i];
      if (letter == '.' || letter == '/' || letter != lower(path[dot + 1 + i])) {
        return true;
      }
    }
    return path[dot - 1] == '/';
  }

  private static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
  }

  /**
   * The present version; to be asked for by whoever holds the writing connection, so that no change
   * of this process is under way.
   */
  Version version(Session writer) throws SQLException {
    try (ResultSet answer = writer.prepare("PRAGMA data_version").executeQuery()) {
      answer.next();
      return new Version(generation(), answer.getLong(1));
    }
  }

  private synchronized long generation() {
    return generation;
  }

  /**
   * A scan saw every row.
   *
   * @param version that it began at, or null where that is not known
   */
  synchronized void seen(String dataset, @Nullable Version version, boolean carries) {
    if (carries || version == null) {
      versions.remove(dataset);
    } else {
      versions.put(dataset, version);
    }
  }

  /** Whether nothing is to be carried over, at the present version. */
  synchronized boolean isBare(String dataset, Version present) {
    return present.equals(versions.get(dataset));
  }

  /**
   * Rows that were there are about to be changed by this process, or another connection writes from
   * now on: nothing that was seen holds any more, nor what a scan that has begun will see.
   */
  synchronized void changed() {
    generation++;
    versions.clear();
  }

  private static final class EldestOut extends LinkedHashMap<String, Version> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Version> eldest) {
      return size() > KEPT;
    }
  }
}
