package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.recipe.Recipe;
import io.admix.files.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody exchanges the folder above the target, staging, or a folder in it while a mix is made:
 * nothing is made where the exchange leads, nothing is published at a place that the catalogue does
 * not tell, and the task goes on once all is back in its place.
 */
class TargetSwapTest {
  @TempDir Path folder;
  private Lab lab;
  private Canary canary;
  private Recipe recipe;
  private final AtomicBoolean done = new AtomicBoolean();

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    canary = Canary.in(lab.root);
    recipe = lab.recipe(lab.source("a", 30, 30));
    Files.createDirectories(lab.root.resolve("out"));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Path away() {
    return lab.root.resolve("swapped-away");
  }

  private void swapOnce(Path where, Path linkTo) {
    if (!done.compareAndSet(false, true)) {
      return;
    }
    try {
      Files.move(where, away());
      Files.createSymbolicLink(where, linkTo);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void swapBack(Path where) throws IOException {
    Files.delete(where);
    Files.move(away(), where);
  }

  private TaskFailedException fails() {
    return catchThrowableOfType(TaskFailedException.class, () -> lab.run(recipe));
  }

  private void assertGoesOn() throws Exception {
    lab.access = new CountingAccess(lab.access.layer);
    lab.access.layer.around(Operation.RENAME, (call, act) -> act.run());
    lab.assertPublished(lab.run(recipe), 30);
    canary.assertUntouched();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void theFolderAbove_exchangedWhileFilesArePlaced(Accesses access) throws Exception {
    lab.access = new CountingAccess(access.open());
    lab.access.beforeLink = name -> swapOnce(lab.root.resolve("out"), canary.path());
    TaskFailedException failure = fails();
    assertThat(failure).hasMessageContaining(lab.root.resolve("out").toString());
    assertThat(failure.isResumable()).isTrue();
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
    canary.assertUntouched();
    swapBack(lab.root.resolve("out"));
    assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void theFolderAbove_exchangedInTheInstantBeforeTheRename_isNotToldAsPublished(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    lab.access.layer.around(
        Operation.RENAME,
        (call, act) -> {
          swapOnce(lab.root.resolve("out"), canary.path());
          act.run();
        });
    TaskFailedException failure = fails();
    assertThat(failure.isResumable()).isTrue();
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
    canary.assertUntouched();
    swapBack(lab.root.resolve("out"));
    assertGoesOn();
  }

  @Test
  void theFolderAbove_exchangedForAnotherFolder_isNotToldAsPublished() throws Exception {
    lab.access = new CountingAccess(Accesses.LINUX.open());
    lab.access.layer.around(
        Operation.RENAME,
        (call, act) -> {
          try {
            Files.move(lab.root.resolve("out"), away());
            Files.createDirectory(lab.root.resolve("out"));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          act.run();
        });
    assertThat(fails())
        .hasMessageContaining("was moved or replaced")
        .hasMessageContaining(lab.target().toString());
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
    assertThat(lab.root.resolve("out")).isEmptyDirectory();
    swapBack(lab.root.resolve("out"));
    assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void theFolderAbove_thatLeadsIntoASourceByNow_isRefusedBeforeAnythingIsMade(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.PLAN_SEALED), recipe))
        .isInstanceOf(Lab.Crash.class);
    swapOnce(lab.root.resolve("out"), lab.root.resolve("data/a/d01"));
    assertThat(fails())
        .hasMessageContaining("lies inside source 'a'")
        .hasMessageContaining("nothing was made");
    assertThat(Lab.files(lab.root.resolve("data/a"))).hasSize(30);
    assertThat(lab.access.made).isEmpty();
  }

  @Test
  void staging_exchangedForALinkWhileFilesArePlaced_isNotFollowedByHandles() throws Exception {
    lab.access = new CountingAccess(Accesses.LINUX.open());
    lab.access.beforeLink = name -> swapOnce(lab.staging(lab.task()), canary.path());
    TaskFailedException failure = fails();
    assertThat(failure).hasMessageContaining("is not the one that this task made");
    assertThat(failure.isResumable()).isTrue();
    assertThat(lab.target()).doesNotExist();
    canary.assertUntouched();
    swapBack(lab.staging(lab.task()));
    assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void staging_exchangedForALinkBeforeResume_isNotEntered_norCleanedByCancel(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.ALL_PLACED), recipe))
        .isInstanceOf(Lab.Crash.class);
    Path staging = lab.staging(lab.task());
    swapOnce(staging, canary.path());
    assertThat(fails()).hasMessageContaining(staging.toString());
    assertThatThrownBy(() -> lab.mixes().cancel(lab.task().id()))
        .hasMessageContaining(staging.toString());
    canary.assertUntouched();
    swapBack(staging);
    assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderInStaging_exchangedForALink_isNotEntered(Accesses access) throws Exception {
    lab.access = new CountingAccess(access.open());
    lab.access.layer.around(
        Operation.MAKE_FOLDER,
        (call, act) -> {
          act.run();
          if (call.name().equals("d01")) {
            swapOnce(lab.staging(lab.task()).resolve("a/d01"), canary.file("d01"));
          }
        });
    TaskFailedException failure = fails();
    assertThat(failure).hasMessageContaining("a/d01");
    assertThat(failure.isResumable()).isTrue();
    canary.assertUntouched();
    swapBack(lab.staging(lab.task()).resolve("a/d01"));
    assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void staging_exchangedForAFullFolderAsSoonAsItIsMade_isNotTakenForOurs(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    Path photos = Files.createDirectories(lab.root.resolve("photos"));
    Files.writeString(photos.resolve("years.txt"), "took years");
    Path[] staging = new Path[1];
    lab.access.layer.around(
        Operation.MAKE_FOLDER,
        (call, act) -> {
          act.run();
          if (call.name().startsWith(".admix-") && done.compareAndSet(false, true)) {
            staging[0] = Path.of(call.path());
            try {
              Files.move(staging[0], away());
              Files.move(photos, staging[0]);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    assertThat(fails()).hasMessageContaining("is not empty: it is not ours");
    assertThat(Lab.files(staging[0])).containsExactly("years.txt");
    assertThat(Files.readString(staging[0].resolve("years.txt"))).isEqualTo("took years");
  }
}
