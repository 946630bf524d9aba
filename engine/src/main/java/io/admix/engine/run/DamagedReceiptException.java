package io.admix.engine.run;

/**
 * A receipt whose bytes are not those that were written, or are of another version. Its run is done
 * again when the task goes on; nothing is taken from it.
 */
final class DamagedReceiptException extends IllegalStateException {
  DamagedReceiptException(String message) {
    super(message);
  }
}
