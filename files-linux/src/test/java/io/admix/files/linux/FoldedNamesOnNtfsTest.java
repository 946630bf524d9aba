package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FoldedNamesContract;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NTFS by FUSE, folding names and listing them in lower case. */
final class FoldedNamesOnNtfsTest extends FoldedNamesContract {
  @RegisterExtension final Mounts mounts = Mounts.perTest();

  @Override
  protected Path makeDirectory() throws Exception {
    Tools.require("mkntfs");
    Path image = mounts.folder().resolve("ntfs");
    Tools.run("truncate", "-s", "8M", image.toString());
    Tools.run("mkntfs", "-F", "-f", "-q", image.toString());
    Path disk = mounts.mountedBy("lowntfs-3g", "-o", "ignore_case", image.toString());
    return Files.createDirectory(disk.resolve("all"));
  }

  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }

  @Override
  protected boolean keepsNames() {
    return false;
  }
}
