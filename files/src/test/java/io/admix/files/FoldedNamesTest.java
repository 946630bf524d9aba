package io.admix.files;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FoldedNamesTest extends FoldedNamesContract {
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
    return FoldingFolder.over(real);
  }
}
