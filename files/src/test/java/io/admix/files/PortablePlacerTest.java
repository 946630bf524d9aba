package io.admix.files;

final class PortablePlacerTest extends PlacerContract {
  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }
}
