package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.ProbeContract;

final class LinuxProbeTest extends ProbeContract {
  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }
}
