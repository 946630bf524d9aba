package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FileAccessContract;
import io.admix.files.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LinuxAccessOnXfsTest extends FileAccessContract {
  @RegisterExtension static final Mounts MOUNTS = Mounts.perClass();
  private static Path disk;

  @Override
  protected Path makeDirectory() throws IOException {
    if (disk == null) {
      disk = MOUNTS.disk("xfs", "320M");
    }
    return Files.createTempDirectory(disk, "test");
  }

  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }

  @Override
  protected boolean leavesNoTemporary() {
    return true;
  }
}
