package io.admix.catalog;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells what a database error means to a person. */
final class Faults {
  private Faults() {}

  static CatalogException of(SQLException fault) {
    String state = state(fault);
    String advice =
        switch (state) {
          case "22001" ->
              "A value is longer than the database's column (names 255, paths 1,000 characters): shorten it. ";
          case "53100" -> "The database's disk is full: make room, then run again. ";
          default -> advice(state, fault);
        };
    return new CatalogException(
        advice + "The database says: " + fault.getMessage() + ". Nothing of this step was written.",
        fault);
  }

  private static String advice(String state, SQLException fault) {
    if (state.startsWith("08")) {
      return "The connection to the database was lost: see that it runs and can be reached, then run again. ";
    }
    String message = String.valueOf(fault.getMessage());
    if (message.contains("SQLITE_BUSY")) {
      return "Another process held the catalogue's write lock for 30 seconds: wait for it or end it, then run again. ";
    }
    if (message.contains("SQLITE_FULL")) {
      return "The disk that holds the catalogue is full: make room, then run again. ";
    }
    return "";
  }

  /**
   * What a fault during COMMIT leaves: a lost connection or a failed write may come before or after
   * the moment from which the commit holds.
   */
  static CatalogException ofCommit(SQLException fault) {
    String message = String.valueOf(fault.getMessage());
    boolean unknown =
        state(fault).startsWith("08")
            || state(fault).equals("57P01")
            || message.contains("SQLITE_IOERR");
    return unknown
        ? new CommitUnknownException(
            "The database failed while it committed ("
                + message
                + "): what was to be written may be there or not. Run again: the state is read anew.",
            fault)
        : of(fault);
  }

  private static String state(SQLException fault) {
    @Nullable String state = fault.getSQLState();
    return state == null ? "" : state;
  }
}
