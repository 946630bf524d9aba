package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.engine.RefusedException;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFolderTest {
  @TempDir Path folder;

  @Test
  void aHomeOnANetworkFileSystem_isRefusedForSqlite_withTheWayOut() throws Exception {
    assertThatThrownBy(() -> HomeFolder.prepare(settings(null), new OnNfs()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("nfs4")
        .hasMessageContaining("--home")
        .hasMessageContaining("jdbc:postgresql");
    assertThat(folder.resolve("home/catalog.db")).doesNotExist();
  }

  @Test
  void aHomeOnANetworkFileSystem_isTakenForPostgresql_andALocalOneForSqlite() throws Exception {
    HomeFolder.prepare(settings("jdbc:postgresql://db/admix"), new OnNfs());
    HomeFolder.prepare(settings(null), FileAccess.portable());
    assertThat(folder.resolve("home/state")).isDirectory();
  }

  private Settings settings(String database) throws RefusedException {
    return SettingsLoader.load(
        new SettingsInput(
            folder.resolve("home").toString(), database, List.of(), Map.of(), folder));
  }

  /** Every file system looks like NFS. */
  private static final class OnNfs implements FileAccess {
    private final FileAccess real = FileAccess.portable();

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public boolean isSwapSafe() {
      return real.isSwapSafe();
    }

    @Override
    public boolean isAtomicNoReplace() {
      return real.isAtomicNoReplace();
    }

    @Override
    public Folder open(Path path) throws Fault {
      return real.open(path);
    }

    @Override
    public Volume volume(Folder opened) {
      return new Volume("nfs4", true, false, 1L << 40, -1);
    }
  }
}
