package io.admix.files;

final class PortableProbeTest extends ProbeContract {
  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }
}
