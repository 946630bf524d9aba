package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Datasets in an SQLite file of which a scan saw that no row holds anything to carry over to a mix:
 * neither checksum nor tags nor annotation nor metadata. Their mixes' rows are inserted without
 * looking the source rows up, which is two fifths of the work.
 *
 * <p>What was seen holds as long as nobody else has written to the file: {@code PRAGMA
 * data_version} of the connection that writes changes with every commit of another connection. This
 * process itself writes a row once, adds nothing to it later, and gives it the file type that its
 * name tells; so is that of the mix's row, whose name has the same extension. Bounded; safe for use
 * by many threads.
 */
final class BareDatasets {
  private static final int KEPT = 1_024;

  /** Whether a row holds anything to carry over. */
  static final String CARRIES =
      "check_sum IS NOT NULL OR tags IS NOT NULL OR tags_updated_at IS NOT NULL OR annotation IS NOT NULL OR metadata IS NOT NULL";

  /** Dataset to the version of the file at which the scan began. */
  private final Map<String, Long> versions = new EldestOut();

  /** The writing connection's version of the file. */
  static long version(Session writer) throws SQLException {
    try (ResultSet answer = writer.prepare("PRAGMA data_version").executeQuery()) {
      answer.next();
      return answer.getLong(1);
    }
  }

  /** A scan that began at the version of the file saw every row. */
  synchronized void seen(String dataset, long version, boolean carries) {
    if (carries) {
      versions.remove(dataset);
    } else {
      versions.put(dataset, version);
    }
  }

  /** Whether nothing is to be carried over, at this version of the file. */
  synchronized boolean isBare(String dataset, long version) {
    Long seen = versions.get(dataset);
    return seen != null && seen == version;
  }

  /** Versions are those of one connection: another one counts anew. */
  synchronized void forget() {
    versions.clear();
  }

  private static final class EldestOut extends LinkedHashMap<String, Long> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > KEPT;
    }
  }
}
