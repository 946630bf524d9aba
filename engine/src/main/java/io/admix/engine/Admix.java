package io.admix.engine;

import io.admix.engine.dataset.DatasetService;
import io.admix.engine.run.Mixes;
import io.admix.engine.settings.Settings;

/** The engine over one catalogue and one state folder. Safe for use by many threads. */
public final class Admix implements AutoCloseable {
  private final Settings settings;

  private Admix(Settings settings) {
    this.settings = settings;
  }

  /**
   * Opens catalogue and state.
   *
   * @throws RefusedException when the home cannot be used: written by a newer version, on a network
   *     file system under SQLite, not writable
   */
  public static Admix open(Settings settings) throws RefusedException {
    return new Admix(settings);
  }

  public Settings settings() {
    return settings;
  }

  public DatasetService datasets() {
    throw new IllegalStateException("not built yet");
  }

  public Mixes mixes() {
    throw new IllegalStateException("not built yet");
  }

  @Override
  public void close() {}
}
