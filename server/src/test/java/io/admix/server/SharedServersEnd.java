package io.admix.server;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Stops the shared servers when the last test is over. A hook of the JVM would run beside the one
 * that stops PostgreSQL, and wait for a database that is gone.
 */
public final class SharedServersEnd implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(SharedServersEnd.class))
        .computeIfAbsent("servers", key -> (AutoCloseable) ServerForTests::endShared);
  }
}
