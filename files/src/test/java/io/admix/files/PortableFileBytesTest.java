package io.admix.files;

final class PortableFileBytesTest extends FileBytesContract {
  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }
}
