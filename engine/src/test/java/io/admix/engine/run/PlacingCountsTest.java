package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run asks of the file system, counted for each placed file and each folder. One more of
 * anything for each file fails here.
 */
class PlacingCountsTest {
  private static final int FILES = 600;

  /** The lab puts ten files into each source folder. */
  private static final int FOLDERS = FILES / 10;

  /** Staging, its parent, publish, leftovers: whatever the number of files. */
  private static final int ONCE_PER_RUN = 60;

  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private FaultLayer run(Layout layout, LinkMethod method) throws Exception {
    FaultLayer counts = new FaultLayer(FileAccess.best());
    lab.access = new CountingAccess(counts);
    lab.run(lab.recipe(layout, method, OnError.FAIL, lab.source("a", FILES, FILES)));
    return counts;
  }

  @Test
  void aHardLinkIsOneLinkAndOneLook_andEachFolderIsOpenedOnce() throws Exception {
    FaultLayer counts = run(Layout.BY_SOURCE, LinkMethod.HARDLINK);
    assertThat(counts.count(Operation.LINK)).isEqualTo(FILES);
    assertThat(counts.count(Operation.STAT)).isBetween((long) FILES, 0L + FILES + ONCE_PER_RUN);
    assertThat(counts.count(Operation.MAKE_FOLDER)).isBetween((long) FOLDERS, FOLDERS + 10L);
    assertFolders(counts, 3);
  }

  @Test
  void inAFlatFolderTheSourceFoldersAreOpenedOnce_andTheTargetNotPerFile() throws Exception {
    FaultLayer counts = run(Layout.FLAT, LinkMethod.HARDLINK);
    assertThat(counts.count(Operation.LINK)).isEqualTo(FILES);
    assertThat(counts.count(Operation.STAT)).isBetween((long) FILES, 0L + FILES + ONCE_PER_RUN);
    assertFolders(counts, 1);
  }

  @Test
  void aCopyIsOneCopyAndOneLook() throws Exception {
    FaultLayer counts = run(Layout.BY_SOURCE, LinkMethod.COPY);
    assertThat(counts.count(Operation.COPY)).isEqualTo(FILES);
    assertThat(counts.count(Operation.LINK)).isZero();
    assertThat(counts.count(Operation.STAT)).isBetween((long) FILES, 0L + FILES + ONCE_PER_RUN);
    assertFolders(counts, 3);
  }

  /**
   * @param opened how often a folder is opened for each source folder: for the source, for a target
   *     folder of its own, and to make that one in its parent. Once more each when staging is
   *     counted before it is published
   */
  private static void assertFolders(FaultLayer counts, int opened) {
    assertThat(counts.count(Operation.OPEN))
        .isLessThanOrEqualTo((long) opened * FOLDERS + FOLDERS + ONCE_PER_RUN);
    assertThat(counts.count(Operation.STAT_HERE)).isLessThanOrEqualTo(FOLDERS + ONCE_PER_RUN);
    assertThat(counts.count(Operation.LIST)).isLessThanOrEqualTo(FOLDERS + ONCE_PER_RUN);
    assertThat(counts.count(Operation.VOLUME)).isLessThanOrEqualTo(ONCE_PER_RUN);
    assertThat(counts.count(Operation.DELETE_FILE)).isLessThanOrEqualTo(ONCE_PER_RUN);
    assertThat(counts.count(Operation.RENAME)).isLessThanOrEqualTo(2);
    assertThat(counts.count(Operation.SYNC)).isLessThanOrEqualTo(ONCE_PER_RUN);
    assertThat(counts.count(Operation.SYNC_VOLUME)).isLessThanOrEqualTo(2);
  }
}
