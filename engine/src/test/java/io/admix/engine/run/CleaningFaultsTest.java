package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.Task;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.RefusedException;
import io.admix.engine.verify.VerifyReport;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.Operation;
import io.admix.files.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults while a dead task is cancelled, and while a published mix is verified. */
class CleaningFaultsTest extends FaultsKit {
  private static final List<Errno> ERRNOS =
      List.of(Errno.EIO, Errno.EACCES, Errno.ENOENT, Errno.EROFS, Errno.EBUSY, Errno.EINTR);

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"OPEN_ROOT", "OPEN", "STAT", "STAT_HERE", "LIST", "DELETE_FILE", "DELETE_FOLDER"})
  void aCancelThatMeetsAFault_isDoneOrToldAndDoneByTheNext(Operation operation) throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK);
    for (Errno errno : ERRNOS) {
      boolean isMet = true;
      for (int n = 1; isMet; n++) {
        String id = diesWhilePublishing(mix);
        FaultLayer files = CrashBench.files().failAt(operation, n, errno);
        try {
          Optional<Cancelled> first = cancelled(files, id, errno);
          isMet = files.answered() > 0;
          files.healed();
          assertThat(cancelled(files, id, errno)).isPresent();
          if (first.isEmpty() || first.get().left().isEmpty()) {
            assertNothingBeside(errno);
          } else {
            // What was said to be gone is not looked for again; what stands in the way is told.
            assertThat(errno).isEqualTo(Errno.ENOENT);
            assertThat(first.get().left()).contains(".admix-" + id + " stays");
          }
          assertNothingOf(id);
        } catch (AssertionError e) {
          throw new AssertionError(
              "%s at call %d of %s: %s%n%s"
                  .formatted(errno, n, operation, e.getMessage(), files.world().trace()),
              e);
        }
        mix.remove();
      }
    }
  }

  /** A mix of which everything is placed and recorded, and whose process is dead. */
  private String diesWhilePublishing(FaultedMix mix) throws Exception {
    FaultLayer files = mix.begin();
    files.around(
        Operation.SYNC_VOLUME, (call, act) -> files.world().stopAt(1, World.Instant.BEFORE));
    try {
      mix.run();
    } catch (World.Crash expected) {
      assertThat(mix.staged()).hasSize(FaultedMix.FILES);
    }
    return mix.task().orElseThrow().id();
  }

  private Optional<Cancelled> cancelled(FaultLayer files, String id, Errno errno) throws Exception {
    try (Catalog catalog = bench.openCatalog()) {
      Cancelled cancelled = bench.mixes(files, catalog).cancel(id);
      assertThat(cancelled.task().status()).isEqualTo(Task.Status.CANCELLED);
      return Optional.of(cancelled);
    } catch (RefusedException | IOException e) {
      assertThat(e.getMessage()).contains(errno.name());
      Task task = bench.catalog.tasks().byId(id).orElseThrow();
      assertThat(task.status()).isEqualTo(Task.Status.FAILED);
      assertThat(task.resumable()).isTrue();
      return Optional.empty();
    }
  }

  /** An empty folder may stay where rmdir said that it was gone. */
  private void assertNothingBeside(Errno errno) throws IOException {
    for (Path left : namesIn(bench.out())) {
      assertThat(errno).as("why %s stays", left).isEqualTo(Errno.ENOENT);
      assertThat(namesIn(left)).isEmpty();
    }
  }

  private static List<Path> namesIn(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.toList();
    }
  }

  /** Neither plan nor rows, and no name or target that is still claimed. */
  private void assertNothingOf(String id) throws IOException {
    assertThat(bench.stateDir().resolve(id)).doesNotExist();
    Task task = bench.catalog.tasks().byId(id).orElseThrow();
    assertThat(bench.catalog.datasets().byId(task.datasetId())).isEmpty();
    assertThat(bench.catalog.tasks().holderOfName("system", task.name())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"OPEN_ROOT", "OPEN", "STAT", "STAT_HERE", "LIST"})
  void aVerifyThatMeetsAFault_neverSaysThatAllIsWell(Operation operation) throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK);
    mix.begin();
    assertThat(mix.run().isCompleted()).isTrue();
    // What is not there is missing, or was gone before it could be looked at.
    List<Errno> errnos = ERRNOS.stream().filter(errno -> errno != Errno.ENOENT).toList();
    for (Errno errno : errnos) {
      boolean isMet = true;
      for (int n = 1; isMet; n++) {
        FaultLayer files =
            CrashBench.files()
                .failAt(
                    call ->
                        call.operation() == operation
                            && call.path().startsWith(mix.recipe().target()),
                    n,
                    errno);
        boolean isClean = verified(files, mix.recipe().name());
        isMet = files.answered() > 0;
        assertThat(isClean).as("%s at call %d of %s", errno, n, operation).isEqualTo(!isMet);
      }
    }
  }

  private boolean verified(FaultLayer files, String name) throws Exception {
    try (Catalog catalog = bench.openCatalog()) {
      VerifyReport report = bench.mixes(files, catalog).verify(name);
      return report.isClean() && report.ok() == FaultedMix.FILES;
    } catch (RefusedException | IOException e) {
      return false;
    }
  }
}
