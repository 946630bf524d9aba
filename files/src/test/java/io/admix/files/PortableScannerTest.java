package io.admix.files;

final class PortableScannerTest extends ScannerContract {
  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }
}
