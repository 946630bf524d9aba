package io.admix.engine.run;

/** Places at which tests end a run as a crash would: nothing is released, nothing is cleaned. */
@FunctionalInterface
interface CrashPoints {
  CrashPoints NONE = point -> {};

  void at(Point point);

  /** The boundaries between steps. */
  enum Point {
    CREATED,
    PLAN_SEALED,
    STAGING_MADE,
    PLACING_STARTED,
    RUN_PLACED,
    RUNS_RECORDED,
    ALL_PLACED,
    MANIFEST_WRITTEN,
    VOLUME_SYNCED,
    PUBLISHING_STARTED,
    RENAMED,
    COMPLETED
  }
}
