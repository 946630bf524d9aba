package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Errno;
import io.admix.files.FileAccess;
import io.admix.files.FileAccessContract;
import io.admix.files.Folder;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class LinuxAccessTest extends FileAccessContract {
  private final FileAccess access = new LinuxAccess(Abi.current().orElseThrow());

  @Override
  protected FileAccess access() {
    return access;
  }

  @Override
  protected boolean leavesNoTemporary() {
    return true;
  }

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(FileAccess.best().name()).isEqualTo("linux");
    assertThat(FileAccess.best().isSwapSafe()).isTrue();
  }

  @Test
  void renameByClaim_publishesAFolderAndNeverReplaces() throws Exception {
    LinuxFolder folder = (LinuxFolder) target;
    target.makeFolder("staging");
    Files.writeString(targetPath("staging/f"), "x");
    target.makeFolder("taken");
    assertErrno(Errno.EEXIST, () -> folder.renameByClaim("staging", folder, "taken"));
    folder.renameByClaim("staging", folder, "final");
    assertThat(targetPath("final/f")).hasContent("x");
    assertThat(targetPath("staging")).doesNotExist();
    Files.writeString(targetPath("file"), "y");
    assertErrno(Errno.EEXIST, () -> folder.renameByClaim("file", folder, "taken"));
    folder.renameByClaim("file", folder, "file2");
    assertThat(targetPath("file2")).hasContent("y");
  }

  @Test
  void renameByClaim_givesTheClaimBackWhenItFails() throws Exception {
    LinuxFolder folder = (LinuxFolder) target;
    target.makeFolder("staging");
    Files.createDirectory(targetPath("staging/inside"));
    try (Folder inside = target.open("staging/inside")) {
      assertErrno(Errno.EINVAL, () -> folder.renameByClaim("staging", (LinuxFolder) inside, "x"));
      assertThat(list(inside)).isEmpty();
    }
  }

  @Test
  void closingWhileOthersUseIt_isEbadfAndNeverAnotherFile() throws Exception {
    Files.writeString(targetPath("a"), "x");
    for (int i = 0; i < 200; i++) {
      Folder folder = access.open(targetPath("."));
      AtomicBoolean wrong = new AtomicBoolean();
      Thread user =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (true) {
                    folder.stat("a");
                  }
                } catch (io.admix.files.Fault e) {
                  wrong.set(e.errno() != Errno.EBADF);
                }
              });
      folder.close();
      user.join();
      assertThat(wrong).isFalse();
    }
  }

  @Test
  void noDescriptorLeaks() throws Exception {
    sourceFile("a", "hello");
    long before = descriptors();
    for (int i = 0; i < 50; i++) {
      target.copy(source, "a", "c" + i, expected("a"));
      target.open("").close();
      list(target);
      assertErrno(Errno.EEXIST, () -> target.copy(source, "a", "c0", expected("a")));
      assertErrno(Errno.ENOENT, () -> target.open("absent"));
    }
    assertThat(descriptors()).isLessThan(before + 20);
  }

  private static long descriptors() throws Exception {
    try (var fds = Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return fds.count();
    }
  }
}
