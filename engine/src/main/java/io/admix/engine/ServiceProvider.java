package io.admix.engine;

import io.admix.engine.settings.Settings;

/**
 * The service behind {@code admix serve}, found by {@link java.util.ServiceLoader}, so that the
 * command line needs none of its libraries.
 */
public interface ServiceProvider {

  /**
   * Starts the service; when this returns it answers requests.
   *
   * @throws RefusedException when it cannot: a setting, a taken port, a home that cannot be used;
   *     whatever was opened is closed again
   */
  RunningService start(Settings settings) throws RefusedException;
}
