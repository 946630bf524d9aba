package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FileBytesContract;

final class LinuxFileBytesTest extends FileBytesContract {
  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }
}
