package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which empty folders under a final name are ours. */
class ClaimTest {
  @TempDir Path directory;
  private Folder parent;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectory(directory.resolve("staging"));
    parent = FileAccess.portable().open(directory);
  }

  @AfterEach
  void close() {
    parent.close();
  }

  private Path make(String mode) throws Exception {
    return Files.createDirectory(
        directory.resolve("final"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
  }

  private boolean takeAway() throws Fault {
    return Claim.takeAway(parent, "final", parent.stat("staging"));
  }

  @Test
  void aMarkedEmptyFolder_isTakenAway() throws Exception {
    Path claim = make("-wx------");
    assertThat(takeAway()).isTrue();
    assertThat(claim).doesNotExist();
  }

  @Test
  void somebodysEmptyFolder_isKept() throws Exception {
    Path theirs = make("rwx------");
    assertThat(takeAway()).isFalse();
    assertThat(theirs).isDirectory();
  }

  @Test
  void aMarkedFolderThatHoldsSomething_isKept() throws Exception {
    Path theirs = make("-wx------");
    Path file = Files.writeString(theirs.resolve("file"), "somebody's");
    assertThat(catchThrowableOfType(Fault.class, this::takeAway).errno())
        .isEqualTo(Errno.ENOTEMPTY);
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwx------"));
    assertThat(file).hasContent("somebody's");
  }

  @Test
  void nothingAtAll_isNoClaim() throws Exception {
    assertThat(takeAway()).isFalse();
  }
}
