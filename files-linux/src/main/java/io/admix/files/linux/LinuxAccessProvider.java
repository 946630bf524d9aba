package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FileAccessProvider;
import java.util.Optional;

/**
 * Gives the native access on Linux, x86-64 and 64-bit Arm, unless native access or statx(2) is
 * refused.
 */
public final class LinuxAccessProvider implements FileAccessProvider {
  /** Called by ServiceLoader. */
  public LinuxAccessProvider() {}

  @Override
  public Optional<FileAccess> access() {
    try {
      return Abi.current()
          .map(LinuxAccess::new)
          .filter(LinuxAccess::works)
          .map(FileAccess.class::cast);
    } catch (RuntimeException | LinkageError e) {
      // Native access is denied, or the C library has no syscall(2): the portable access works
      // without both.
      return Optional.empty();
    }
  }
}
