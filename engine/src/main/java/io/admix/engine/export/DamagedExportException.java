package io.admix.engine.export;

import java.io.IOException;

/** An export of which something is missing, too much, damaged, or not to be reached. */
public final class DamagedExportException extends IOException {
  public DamagedExportException(String message) {
    super(message);
  }
}
