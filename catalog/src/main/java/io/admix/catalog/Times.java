package io.admix.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970, the precision of both databases. */
final class Times {
  private Times() {}

  static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
