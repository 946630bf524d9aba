package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FileAccessContract;

/** As on kernels before 5.6 and under container filters that refuse openat2. */
final class LinuxWithoutOpenat2Test extends FileAccessContract {
  private final FileAccess access =
      new LinuxAccess(Resolver.withoutOpenat2(Abi.current().orElseThrow()));

  @Override
  protected FileAccess access() {
    return access;
  }
}
