package io.admix.files;

import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds accesses. Nothing native is bound before the first call of {@link #best}. */
final class Accesses {
  /** More providers than this on one class path is a mistake, not a choice. */
  private static final int PROVIDERS_MAX = 16;

  private Accesses() {}

  static FileAccess best() {
    return Best.ACCESS;
  }

  static FileAccess portable() {
    return PortableAccess.INSTANCE;
  }

  private static final class Best {
    static final FileAccess ACCESS = provided().orElse(PortableAccess.INSTANCE);
  }

  private static Optional<FileAccess> provided() {
    Iterator<FileAccessProvider> providers =
        ServiceLoader.load(FileAccessProvider.class, FileAccessProvider.class.getClassLoader())
            .iterator();
    for (int i = 0; i < PROVIDERS_MAX; i++) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        Optional<FileAccess> access = providers.next().access();
        if (access.isPresent()) {
          return access;
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // A provider that was compiled for a later Java, or that is broken, is none: the next one
        // may work.
        continue;
      }
    }
    return Optional.empty();
  }
}
