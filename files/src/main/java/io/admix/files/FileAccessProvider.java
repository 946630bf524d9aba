package io.admix.files;

import java.util.Optional;

/** Found by ServiceLoader; gives an access where the platform can run it. */
public interface FileAccessProvider {
  /** The access, or empty where this machine or Java cannot run it. Never throws. */
  Optional<FileAccess> access();
}
