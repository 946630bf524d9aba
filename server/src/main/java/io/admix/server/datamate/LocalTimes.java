package io.admix.server.datamate;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Local times as DataMate writes them: six digits of a second, or none where all are 0. */
final class LocalTimes {
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
  private static final int NANOS_PER_MICRO = 1_000;

  private LocalTimes() {}

  /** With a T between day and time. */
  static @Nullable String joined(@Nullable LocalDateTime time) {
    if (time == null) {
      return null;
    }
    return time.format(time.getNano() < NANOS_PER_MICRO ? WHOLE : MICROS);
  }

  /** With a space between day and time. */
  static @Nullable String spaced(@Nullable LocalDateTime time) {
    String joined = joined(time);
    return joined == null ? null : joined.replace('T', ' ');
  }

  /** As the other service of DataMate writes them: with as many digits as are needed. */
  static @Nullable String iso(@Nullable LocalDateTime time) {
    return time == null ? null : time.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
  }
}
