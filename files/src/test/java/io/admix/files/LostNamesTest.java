package io.admix.files;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Where names are folded and listed otherwise than they were made. */
final class LostNamesTest extends FoldedNamesContract {
  @TempDir Path temporary;

  @Override
  protected Path makeDirectory() {
    return temporary;
  }

  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }

  @Override
  protected Folder folding(Folder real) {
    return FoldingFolder.losing(real);
  }

  @Override
  protected boolean keepsNames() {
    return false;
  }
}
