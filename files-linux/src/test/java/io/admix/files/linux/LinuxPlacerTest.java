package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.PlacerContract;

final class LinuxPlacerTest extends PlacerContract {
  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }
}
