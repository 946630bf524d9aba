package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FileAccessContract;

/**
 * As on kernels before 5.6 and under container filters that refuse openat2, without /proc: folders
 * segment by segment, copies under a temporary name.
 */
final class LinuxMinimalTest extends FileAccessContract {
  private final FileAccess access = new LinuxAccess(Resolver.minimal(Abi.current().orElseThrow()));

  @Override
  protected FileAccess access() {
    return access;
  }
}
