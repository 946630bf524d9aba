package io.admix.engine;

import java.net.URI;
import java.util.Optional;

/** A service that answers requests until it is closed. */
public interface RunningService extends AutoCloseable {

  /** Where it answers, with the port that it really has. */
  URI address();

  /** Where a browser is signed in by being there; holds a secret, for the operator alone. */
  Optional<URI> signIn();

  /**
   * Takes no more requests, lets those under way end and stops running tasks so that they can go
   * on, all within {@code admix.server.grace}. A second call does nothing.
   */
  @Override
  void close();
}
