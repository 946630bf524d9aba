package io.admix.cli;

import io.admix.engine.dataset.DatasetService;

/** The engine's steps in words. */
final class DatasetProgress {
  private DatasetProgress() {}

  static DatasetService.Progress on(ProgressView view) {
    return (step, files, total) -> view.at(words(step), files, total, "");
  }

  private static String words(DatasetService.Step step) {
    return switch (step) {
      case TAGS -> "reading tags";
      case SCAN -> "scanning";
      case RECORD -> "recording";
      case DELETE -> "deleting";
    };
  }
}
