package io.admix.files.linux;

import io.admix.files.FileAccess;
import io.admix.files.FoldedNamesContract;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder of ext4 that folds names; many kernels are built without it. */
final class FoldedNamesOnExt4Test extends FoldedNamesContract {
  @RegisterExtension final Mounts mounts = Mounts.perTest();

  @Override
  protected Path makeDirectory() throws Exception {
    Path disk = mounts.disk("ext4", "16M", "-O", "casefold");
    Path folding = Files.createDirectory(disk.resolve("folding"));
    Tools.run("chattr", "+F", folding.toString());
    return folding;
  }

  @Override
  protected FileAccess access() {
    return FileAccess.best();
  }
}
