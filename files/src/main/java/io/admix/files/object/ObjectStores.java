package io.admix.files.object;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Opens stores by the provider on the class path. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Opens a store; the caller closes it. Opening takes a connection pool and some tenths of a
   * second: one store serves all threads.
   *
   * @throws ObjectFault NOT_IMPLEMENTED where nothing on the class path can reach stores
   */
  public static ObjectStore open(ObjectSettings settings) throws ObjectFault {
    Iterator<ObjectStoreProvider> providers =
        ServiceLoader.load(ObjectStoreProvider.class, ObjectStoreProvider.class.getClassLoader())
            .iterator();
    try {
      if (providers.hasNext()) {
        return providers.next().open(settings);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ObjectFault(
          "open",
          FaultKind.NOT_IMPLEMENTED,
          ObjectPlace.SCHEME,
          "the module for objects cannot be used here: " + e.getMessage());
    }
    throw new ObjectFault(
        "open",
        FaultKind.NOT_IMPLEMENTED,
        ObjectPlace.SCHEME,
        "this installation has no module for objects (admix-files-s3)");
  }
}
