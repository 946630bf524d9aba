package io.admix.files;

/**
 * A fault that is not of one file: the whole task stops. Files placed before stay placed and are
 * recorded.
 */
public final class PlacingStoppedException extends Exception {
  private final boolean resumable;

  /**
   * @param message what ran out or was refused, with values, and what to do
   * @param resumable whether the same task can go on once the cause is mended
   */
  public PlacingStoppedException(String message, boolean resumable, Throwable cause) {
    super(message, cause);
    this.resumable = resumable;
  }

  /** A folder could not be made for want of room (ENOSPC): says of what, and what to do. */
  public static PlacingStoppedException noRoomForFolder(Folder volume, String path, Fault fault) {
    return Stops.full(volume, path, 0, fault);
  }

  public boolean isResumable() {
    return resumable;
  }
}
