package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.ScannerContract;

final class LinuxScannerTest extends ScannerContract {
  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }
}
