package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.engine.RefusedException;
import io.admix.files.Volume;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeFolderTest {
  private static final Path HOME = Path.of("/home/somebody/.admix");

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "cifs", "fuse"})
  void sqliteOnANetworkFileSystem_isRefused_withTheWaysOut(String type) {
    assertThatThrownBy(() -> HomeFolder.refuseNetwork(HOME, volume(type, true)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(HOME + " is on a network file system (" + type + ")")
        .hasMessageContaining("--home DIR or ADMIX_HOME")
        .hasMessageContaining("--db jdbc:postgresql://HOST/NAME")
        .hasMessageContaining("Nothing was made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay"})
  void aLocalFileSystem_isTaken(String type) {
    assertThatCode(() -> HomeFolder.refuseNetwork(HOME, volume(type, false)))
        .doesNotThrowAnyException();
  }

  private static Volume volume(String type, boolean isNetwork) {
    return new Volume(type, isNetwork, false, 1 << 30, 1 << 20);
  }
}
