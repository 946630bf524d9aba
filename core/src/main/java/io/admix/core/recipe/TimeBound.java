package io.admix.core.recipe;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** One end of a time range, as precisely as the recipe said it. */
public sealed interface TimeBound {
  /** A whole day: as {@code until} it includes that day. */
  record Day(LocalDate day) implements TimeBound {}

  /** A time of day without an offset: in the configured zone. */
  record Local(LocalDateTime time) implements TimeBound {}

  /** An instant with its offset. */
  record Offset(OffsetDateTime time) implements TimeBound {}
}
