package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.RunReport;
import io.admix.files.Operation;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody exchanges a file or a folder of a source while a mix is made of it: the file is told by
 * name as one that could not be placed, and what it was exchanged for is neither read nor touched.
 */
class SourceSwapTest {
  private static final String VICTIM = "d00/f0003.txt";

  @TempDir Path folder;
  private Lab lab;
  private Canary canary;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    canary = Canary.in(lab.root);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Recipe recipe(LinkMethod method) throws IOException {
    return lab.recipe(Layout.BY_SOURCE, method, OnError.FAIL, lab.source("a", 30, 30));
  }

  private Path victim() {
    return lab.root.resolve("data/a").resolve(VICTIM);
  }

  /** The kernel refuses to open a link that is not to be followed; the others see it by stat. */
  private static String reasonOfALink(Accesses access, LinkMethod method) {
    return access == Accesses.LINUX && method == LinkMethod.COPY ? "UNSAFE_PATH" : "SOURCE_CHANGED";
  }

  /** What a foreign process does; {@code where} is in a source. */
  private void swap(Path where, Swap swap) {
    try {
      Sources.change(
          where,
          () -> {
            Files.move(where, lab.root.resolve("swapped-away"));
            swap.make(where);
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void swapBack(Path where) throws Exception {
    Sources.change(
        where,
        () -> {
          Files.delete(where);
          Files.move(lab.root.resolve("swapped-away"), where);
        });
  }

  @FunctionalInterface
  private interface Swap {
    void make(Path where) throws IOException;
  }

  private void linkToCanary(Path where) throws IOException {
    Files.createSymbolicLink(where, canary.file("f0003.txt"));
  }

  private TaskFailedException fails(Recipe recipe) {
    return catchThrowableOfType(TaskFailedException.class, () -> lab.run(recipe));
  }

  /** Told by name, nothing published, and nothing of the exchange in staging. */
  private void assertRefused(TaskFailedException failure, String reason) throws IOException {
    assertThat(failure).isNotNull();
    assertThat(failure.failures())
        .extracting(FailureReport::path, FailureReport::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(VICTIM, reason));
    assertThat(lab.target()).doesNotExist();
    assertThat(Lab.files(lab.staging(lab.task())))
        .noneMatch(name -> name.endsWith("f0003.txt") || name.contains(".admix-"));
  }

  @ParameterizedTest
  @CsvSource({
    "PORTABLE, HARDLINK", "PORTABLE, COPY", "PORTABLE, SYMLINK",
    "LINUX, HARDLINK", "LINUX, COPY", "LINUX, SYMLINK"
  })
  void aFileThatBecameALinkAfterPlanning_isRefusedByName_andGoesOnWhenItIsBack(
      Accesses access, LinkMethod method) throws Exception {
    lab.access = new CountingAccess(access.open());
    Recipe recipe = recipe(method);
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.PLAN_SEALED), recipe))
        .isInstanceOf(Lab.Crash.class);
    swap(victim(), this::linkToCanary);

    assertRefused(fails(recipe), reasonOfALink(access, method));
    canary.assertUntouched();
    swapBack(victim());
    lab.assertPublished(lab.run(recipe), 30);
  }

  @ParameterizedTest
  @CsvSource({"PORTABLE, HARDLINK", "PORTABLE, COPY", "LINUX, HARDLINK", "LINUX, COPY"})
  void aFileThatBecomesALinkInTheInstantBeforeItIsTaken_isRefusedByName(
      Accesses access, LinkMethod method) throws Exception {
    swapInTheInstant(access, method, this::linkToCanary);
    assertRefused(fails(recipe(method)), reasonOfALink(access, method));
    canary.assertUntouched();
  }

  @ParameterizedTest
  @CsvSource({"PORTABLE, HARDLINK", "PORTABLE, COPY", "LINUX, HARDLINK", "LINUX, COPY"})
  void aFileThatBecomesAnotherName_ofOneOutside_isRefusedAndItsNameTakenBack(
      Accesses access, LinkMethod method) throws Exception {
    Path copy = canary.file("f0003.txt");
    Recipe recipe = recipe(method);
    // As like the planned one as it can be made.
    Files.writeString(copy, Files.readString(victim()));
    FileTime time = Files.getLastModifiedTime(victim());
    Files.setLastModifiedTime(copy, time);
    swapInTheInstant(
        access,
        method,
        where -> {
          Files.createLink(where, copy);
          canary.look();
        });
    assertRefused(fails(recipe), "SOURCE_CHANGED");
    canary.assertUnchanged();
  }

  private void swapInTheInstant(Accesses access, LinkMethod method, Swap swap) {
    lab.access = new CountingAccess(access.open());
    AtomicBoolean done = new AtomicBoolean();
    Runnable once =
        () -> {
          if (done.compareAndSet(false, true)) {
            swap(victim(), swap);
          }
        };
    if (method == LinkMethod.HARDLINK) {
      lab.access.beforeLink =
          name -> {
            if (VICTIM.endsWith(name)) {
              once.run();
            }
          };
      return;
    }
    lab.access.layer.around(
        Operation.COPY,
        (call, act) -> {
          if (VICTIM.endsWith(call.otherName())) {
            once.run();
          }
          act.run();
        });
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderThatBecameALinkAfterPlanning_isNotEntered_andItsFilesAreNamed(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    Recipe recipe = recipe(LinkMethod.HARDLINK);
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.PLAN_SEALED), recipe))
        .isInstanceOf(Lab.Crash.class);
    Path inside = lab.root.resolve("data/a/d00");
    swap(inside, where -> Files.createSymbolicLink(where, canary.file("d00")));

    TaskFailedException failure = fails(recipe);
    assertThat(failure.failures())
        .hasSize(10)
        .allSatisfy(f -> {
          assertThat(f.path()).startsWith("d00/");
          assertThat(f.reason()).isEqualTo("UNSAFE_PATH");
          assertThat(f.detail()).contains("not followed");
        });
    assertThat(lab.target()).doesNotExist();
    canary.assertUntouched();
    swapBack(inside);
    lab.assertPublished(lab.run(recipe), 30);
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderThatBecomesALinkWhileItsFilesAreTaken_givesNothingFromWhereItLeads(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    Recipe recipe = recipe(LinkMethod.HARDLINK);
    AtomicBoolean done = new AtomicBoolean();
    lab.access.beforeLink =
        name -> {
          if (name.equals("f0003.txt") && done.compareAndSet(false, true)) {
            swap(
                lab.root.resolve("data/a/d00"),
                where -> Files.createSymbolicLink(where, canary.file("d00")));
          }
        };
    if (access == Accesses.LINUX) {
      // The open folder is the one that was planned, wherever it lies now.
      RunReport report = lab.run(recipe);
      assertThat(report.target().files()).isEqualTo(30);
      assertThat(Files.readString(lab.target().resolve("a").resolve(VICTIM))).isEqualTo("a 3\n");
      canary.assertUntouched();
      return;
    }
    TaskFailedException failure = fails(recipe);
    assertThat(failure.failures()).extracting(FailureReport::path).contains(VICTIM);
    assertThat(Lab.files(lab.staging(lab.task()))).noneMatch(name -> name.endsWith("f0003.txt"));
    canary.assertUnchanged();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aSourceThatAsAWholeLeadsElsewhere_givesNoFileThatWasNotPlanned(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    Recipe recipe = recipe(LinkMethod.HARDLINK);
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.PLAN_SEALED), recipe))
        .isInstanceOf(Lab.Crash.class);
    Path root = lab.root.resolve("data/a");
    swap(root, where -> Files.createSymbolicLink(where, canary.path()));

    TaskFailedException failure = fails(recipe);
    assertThat(failure.failures())
        .extracting(FailureReport::reason)
        .containsOnly("SOURCE_CHANGED", "SOURCE_MISSING");
    assertThat(failure.failures()).hasSize(30);
    assertThat(Lab.files(lab.staging(lab.task()))).isEmpty();
    canary.assertUnchanged();
    swapBack(root);
    lab.assertPublished(lab.run(recipe), 30);
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void underSkip_theRestIsPublished_andTheExchangedFileIsInTheReport(Accesses access)
      throws Exception {
    lab.access = new CountingAccess(access.open());
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.SKIP, lab.source("a", 30, 30));
    swapInTheInstant(access, LinkMethod.HARDLINK, this::linkToCanary);
    RunReport report = lab.run(recipe);
    assertThat(report.target().files()).isEqualTo(29);
    assertThat(report.failures()).extracting(FailureReport::path).isEqualTo(List.of(VICTIM));
    canary.assertUntouched();
  }
}
