package io.admix.server;

/** Others are served first, and it took too long: nothing was read. May be tried again. */
public final class BusyException extends RuntimeException {
  /**
   * @param message what is busy, and what was not done
   */
  public BusyException(String message) {
    super(message);
  }
}
