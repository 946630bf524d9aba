package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.NameTakenException;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.report.RunReport;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code dataset remove}: ended anywhere, the same command finishes it; only the folder that was
 * published is ever deleted from.
 */
class RemovalTest {
  private static final int FILES = 24;

  /** Stands for the death of the process in mid-removal. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path folder;
  private Lab lab;
  private Canary canary;
  private Recipe recipe;
  private RunReport published;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    canary = Canary.in(lab.root);
    recipe = lab.recipe(lab.source("a", FILES, FILES));
    published = lab.run(recipe);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private DatasetService datasets(FileAccess access) {
    return DatasetService.of(lab.catalog, access, lab.settings().stateDir(), ZoneOffset.UTC);
  }

  private long remove(DatasetService.Files files) throws Exception {
    return remove(lab.access, files);
  }

  private long remove(FileAccess access, DatasetService.Files files) throws Exception {
    return datasets(access).remove("mix", files, DatasetService.Progress.SILENT);
  }

  private Path manifest() {
    return new StateFolder(lab.settings().stateDir()).manifest(published.taskId());
  }

  /** A process that dies at the n-th file or folder that it deletes. */
  private void dieAt(int n) {
    CountingAccess dying = new CountingAccess(FileAccess.portable());
    AtomicInteger deletions = new AtomicInteger();
    for (Operation operation : new Operation[] {Operation.DELETE_FILE, Operation.DELETE_FOLDER}) {
      dying.layer.around(
          operation,
          (call, act) -> {
            if (deletions.incrementAndGet() == n) {
              throw new Killed();
            }
            act.run();
          });
    }
    assertThatThrownBy(() -> remove(dying, DatasetService.Files.DELETE)).isInstanceOf(Killed.class);
  }

  private void assertAllGone() throws Exception {
    assertThat(lab.target()).doesNotExist();
    assertThat(manifest()).doesNotExist();
    assertThat(lab.catalog.datasets().list()).isEmpty();
    assertThat(lab.catalog.datasets().removing()).isEmpty();
    assertThat(lab.catalog.datasets().byId(published.target().datasetId())).isEmpty();
    assertThat(lab.mixes().leftovers()).isEmpty();
    assertThat(Lab.files(lab.root.resolve("data/a"))).hasSize(FILES);
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 14, FILES + 4, FILES + 5})
  void endedAnywhere_theSameCommandFinishesIt_andTheNameIsFreeAgain(int n) throws Exception {
    dieAt(n);
    assertThat(lab.catalog.datasets().find("mix")).as("no visible row without a file").isEmpty();
    assertThat(manifest()).as("the manifest goes last").exists();
    assertThat(lab.mixes().leftovers())
        .singleElement()
        .satisfies(left -> {
          assertThat(left.what()).isEqualTo("mix");
          assertThat(left.why()).contains("admix dataset remove mix --files");
        });
    long left = Lab.files(lab.target()).size();
    assertThat(remove(DatasetService.Files.DELETE)).isEqualTo(left);
    assertAllGone();
    lab.assertPublished(lab.run(recipe), FILES);
  }

  @Test
  void whileItIsUnfinished_everyDoorSaysSo_andTheNameStaysClaimed() throws Exception {
    dieAt(5);
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was interrupted. Finish it with: admix dataset remove mix --files");
    assertThatThrownBy(() -> datasets(lab.access).show("mix"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Finish it with: admix dataset remove mix --files");
    assertThatThrownBy(() -> lab.catalog.datasets().register("mix", "/x", "TEXT"))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("whose removal was interrupted");
    lab.mixes().delete(published.taskId());
    remove(DatasetService.Files.DELETE);
    assertAllGone();
  }

  @Test
  void finishedWithoutFiles_leavesWhatIsStillThere() throws Exception {
    dieAt(5);
    assertThat(remove(DatasetService.Files.KEEP)).isZero();
    assertThat(Lab.files(lab.target())).hasSize(FILES - 4);
    assertThat(lab.catalog.datasets().removing()).isEmpty();
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void withoutFiles_theManifestGoesWithTheDataset_andTheFilesStay() throws Exception {
    assertThat(remove(DatasetService.Files.KEEP)).isZero();
    assertThat(Lab.files(lab.target())).hasSize(FILES);
    assertThat(manifest()).doesNotExist();
    lab.mixes().delete(published.taskId());
    assertThat(lab.settings().stateDir()).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aPathInTheCatalogueThatLeadsToTheSources_deletesNone(Accesses access) throws Exception {
    lab.access = new CountingAccess(access.open());
    // Below data/ lie the same paths, names, inodes, sizes and times: the sources themselves.
    lab.sql("UPDATE t_dm_datasets SET path = '" + lab.root.resolve("data") + "'");
    assertThatThrownBy(() -> remove(DatasetService.Files.DELETE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not the one in which 'mix' was published")
        .hasMessageContaining("nothing was deleted");
    assertThat(Lab.files(lab.root.resolve("data/a"))).hasSize(FILES);
    assertThat(lab.catalog.datasets().find("mix")).as("unchanged").isPresent();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void theFolderExchangedForTheSourcesInTheLastInstant_deletesNone(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    boolean[] done = new boolean[1];
    lab.access.layer.around(
        Operation.OPEN,
        (call, act) -> {
          if (call.name().equals("mix") && !done[0]) {
            done[0] = true;
            try {
              Files.move(lab.target(), lab.root.resolve("moved"));
              Files.move(lab.root.resolve("data"), lab.target());
            } catch (java.io.IOException e) {
              throw new IllegalStateException(e);
            }
          }
          act.run();
        });
    assertThatThrownBy(() -> remove(DatasetService.Files.DELETE))
        .hasMessageContaining("is not the one that was published");
    assertThat(Lab.files(lab.target().resolve("a"))).hasSize(FILES);
    Files.move(lab.target(), lab.root.resolve("data"));
    Files.move(lab.root.resolve("moved"), lab.target());
    remove(DatasetService.Files.DELETE);
    assertAllGone();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderOfTheMixExchangedForALink_isNotEntered(Accesses access) throws Exception {
    lab.access = new CountingAccess(access.open());
    Files.move(lab.target().resolve("a/d01"), lab.root.resolve("moved"));
    Files.createSymbolicLink(lab.target().resolve("a/d01"), lab.root.resolve("data/a/d01"));
    assertThat(remove(DatasetService.Files.DELETE)).isEqualTo(FILES - 10);
    assertThat(Lab.files(lab.root.resolve("data/a"))).hasSize(FILES);
    assertThat(Files.isSymbolicLink(lab.target().resolve("a/d01"))).isTrue();
  }

  @Test
  void aManifestOfAnotherDataset_deletesNothing() throws Exception {
    Files.writeString(
        manifest(),
        Files.readString(manifest())
            .replace(published.target().datasetId(), "00000000-0000-7000-8000-000000000000"));
    assertThatThrownBy(() -> remove(DatasetService.Files.DELETE)).isInstanceOf(Exception.class);
    assertThat(Lab.files(lab.target())).hasSize(FILES);
    assertThat(lab.catalog.datasets().find("mix")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../outside/secret.txt",
        "/OUTSIDE/secret.txt",
        "a/../../../outside/d00/f0003.txt"
      })
  void aManifestThatLeadsOutside_underAGoodSeal_touchesNothingThere(String path) throws Exception {
    String bad = path.replace("/OUTSIDE", canary.path().toString());
    SealedByStranger.reseal(manifest(), "\"path\":\"a/d00/f0003.txt\"", "\"path\":\"" + bad + "\"");
    assertThatThrownBy(() -> remove(DatasetService.Files.DELETE)).isInstanceOf(Exception.class);
    canary.assertUntouched();
    assertThatThrownBy(() -> lab.mixes().verify("mix")).isInstanceOf(Exception.class);
    canary.assertUntouched();
    assertThat(Lab.files(lab.root.resolve("data/a"))).hasSize(FILES);
  }
}
