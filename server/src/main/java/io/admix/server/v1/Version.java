package io.admix.server.v1;

import io.admix.engine.Admix;

/** Which Admix this is. */
public final class Version {
  /** As built; {@code development} where it runs from class folders. */
  public static final String TEXT = text();

  private Version() {}

  private static String text() {
    String built = Admix.class.getPackage().getImplementationVersion();
    return built == null ? "development" : built;
  }
}
