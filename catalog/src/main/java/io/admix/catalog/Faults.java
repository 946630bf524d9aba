package io.admix.catalog;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells what a database error means to a person. */
final class Faults {
  private Faults() {}

  static CatalogException of(SQLException fault) {
    String advice = advice(state(fault), String.valueOf(fault.getMessage()));
    String message =
        advice + "The database says: " + said(fault) + ". Nothing of this step was written.";
    return mayPass(fault)
        ? new CatalogUnavailableException(message, fault)
        : new CatalogException(message, fault);
  }

  private static String advice(String state, String message) {
    return switch (state) {
      case "22001" ->
          "A value is longer than the database's column (names 255, paths 1,000 characters): shorten it. ";
      case "53100" -> "The database's disk is full: make room, then run again. ";
      case "55P03" ->
          "Another connection holds a lock that this step needs, for longer than is waited (%d seconds unless the URL says otherwise): wait for it or end it, then run again. "
              .formatted(Database.LOCK_PATIENCE.toSeconds());
      case "25006" ->
          "The database can only be read now (a standby, or set so): let it be written, then run again. ";
      default ->
          isUnreachable(state)
              ? "The connection to the database was lost: see that it runs and can be reached, then run again. "
              : adviceOfSqlite(message);
    };
  }

  private static String adviceOfSqlite(String message) {
    if (isBusy(message)) {
      return "Another process held the catalogue's write lock for longer than is waited (%d seconds unless the URL says otherwise): wait for it or end it, then run again. "
          .formatted(Database.LOCK_PATIENCE.toSeconds());
    }
    if (message.contains("SQLITE_FULL")) {
      return "The disk that holds the catalogue is full: make room, then run again. ";
    }
    if (message.contains("SQLITE_IOERR")) {
      return "The disk that holds the catalogue is full or failed: make room or mend it, then run again. ";
    }
    if (message.contains("SQLITE_READONLY") || message.contains("SQLITE_CANTOPEN")) {
      return "The catalogue's file or its folder cannot be written: mend its rights or its file system, or choose another --home. ";
    }
    if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
      return "The catalogue's file is damaged, or is no SQLite database: bring it back from a backup, or choose another --home. ";
    }
    return "";
  }

  /** Whether the same step may succeed later, without anybody mending data. */
  private static boolean mayPass(SQLException fault) {
    String state = state(fault);
    return isUnreachable(state)
        || fault instanceof SQLTransientConnectionException
        || state.equals("55P03")
        || state.equals("40001")
        || state.equals("40P01")
        || isBusy(String.valueOf(fault.getMessage()));
  }

  /**
   * Connection lost or refused; the server shuts down, crashed, starts, or has no room for more; it
   * ended a connection that was silent within a transaction.
   */
  private static boolean isUnreachable(String state) {
    return state.startsWith("08")
        || state.equals("57P01")
        || state.equals("57P02")
        || state.equals("57P03")
        || state.equals("53300")
        || state.equals("25P03");
  }

  private static boolean isBusy(String message) {
    return message.contains("SQLITE_BUSY") || message.contains("SQLITE_LOCKED");
  }

  /** A pool tells that it waited in vain, and its cause tells why. */
  private static String said(SQLException fault) {
    @Nullable Throwable cause = fault.getCause();
    Throwable telling =
        fault instanceof SQLTransientConnectionException && cause != null ? cause : fault;
    String message = String.valueOf(telling.getMessage()).strip();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /**
   * What a fault during COMMIT leaves: a lost connection or a failed write may come before or after
   * the moment from which the commit holds.
   */
  static CatalogException ofCommit(SQLException fault) {
    boolean unknown =
        isUnreachable(state(fault)) || String.valueOf(fault.getMessage()).contains("SQLITE_IOERR");
    return unknown
        ? new CommitUnknownException(
            "The database failed while it committed ("
                + said(fault)
                + "): what was to be written may be there or not. Run again: the state is read anew.",
            fault)
        : of(fault);
  }

  private static String state(SQLException fault) {
    @Nullable String state = fault.getSQLState();
    return state == null ? "" : state;
  }
}
