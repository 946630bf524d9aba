package io.admix.engine.report;

import java.io.IOException;

/** A stored report that is not one that Admix wrote; nothing is taken from it. */
public final class DamagedReportException extends IOException {
  DamagedReportException(String why) {
    super(
        "The report that the catalogue keeps of this task cannot be read ("
            + why
            + "). The dataset and its manifest are not touched by that: see them with admix dataset show and admix verify; bring the catalogue back from a backup to have the report again.");
  }
}
