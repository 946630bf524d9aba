package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PortableAccessTest extends FileAccessContract {
  @Override
  protected FileAccess access() {
    return FileAccess.portable();
  }

  @Test
  void promisesNeitherSwapSafetyNorAtomicPublishing() {
    assertThat(access().isSwapSafe()).isFalse();
    assertThat(access().isAtomicNoReplace()).isFalse();
    assertThat(access().name()).isEqualTo("portable");
  }

  @ParameterizedTest
  @EnumSource(value = Errno.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void everyCauseIsFoundByItsWords(Errno errno) {
    assertThat(PortableFaults.errnoOf(new FileSystemException("a", "b", errno.words())))
        .isEqualTo(errno);
    assertThat(PortableFaults.errnoOf(new IOException(errno.words()))).isEqualTo(errno);
  }

  @Test
  void causesAreFoundByType() {
    assertThat(PortableFaults.errnoOf(new AccessDeniedException("a"))).isEqualTo(Errno.EACCES);
    assertThat(PortableFaults.errnoOf(new NoSuchFileException("a"))).isEqualTo(Errno.ENOENT);
    assertThat(PortableFaults.errnoOf(new FileAlreadyExistsException("a"))).isEqualTo(Errno.EEXIST);
    assertThat(PortableFaults.errnoOf(new DirectoryNotEmptyException("a")))
        .isEqualTo(Errno.ENOTEMPTY);
    assertThat(PortableFaults.errnoOf(new NotDirectoryException("a"))).isEqualTo(Errno.ENOTDIR);
    assertThat(PortableFaults.errnoOf(new IOException((String) null))).isEqualTo(Errno.OTHER);
  }

  @Test
  void withoutInodes_aHardLinkIsStillRecognised() throws Exception {
    sourceFile("a", "hello");
    sourceFile("b", "other");
    target.link(source, "a", "l");
    Stat a = PortableStats.basic(directory.resolve("source/a"));
    assertThat(a.isSameFile(PortableStats.basic(targetPath("l")))).isTrue();
    assertThat(a.isSameFile(PortableStats.basic(directory.resolve("source/b")))).isFalse();
    assertThat(Files.exists(targetPath("l"))).isTrue();
  }
}
