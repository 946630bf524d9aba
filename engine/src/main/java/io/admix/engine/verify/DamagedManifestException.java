package io.admix.engine.verify;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A manifest that was edited, is cut short, is of another version, or belongs to another dataset:
 * refused, not guessed at. The message names the file, what is wrong, and what to do.
 */
public final class DamagedManifestException extends IOException {
  private DamagedManifestException(String message) {
    super(message);
  }

  static DamagedManifestException because(Path manifest, String why) {
    return new DamagedManifestException(
        "The manifest "
            + manifest
            + " cannot be used: "
            + why
            + ". Nothing was changed. Bring the file back from a backup; without it the mix can only be unregistered, with: admix dataset remove NAME");
  }

  static DamagedManifestException ofVersion(Path manifest, long version) {
    return new DamagedManifestException(
        "The manifest "
            + manifest
            + " cannot be used: it is of version "
            + version
            + ", this Admix reads version "
            + ManifestWriter.VERSION
            + ". Nothing was changed. Use the Admix that wrote it.");
  }
}
