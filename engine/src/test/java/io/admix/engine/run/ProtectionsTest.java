package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Recipe;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FaultLayer;
import io.admix.files.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protections that are no row of a table: each is shown to hold, and the same check is shown to see
 * the damage where the file system does not keep its word.
 */
class ProtectionsTest {
  private static final String CONTESTED = "a/d1/f01.txt";

  @TempDir(factory = InMemory.class)
  Path folder;

  private Path root;
  private CrashSources sources;
  private CrashBench bench;
  private FaultLayer files;

  @BeforeEach
  void open() throws Exception {
    root = folder.toRealPath();
    sources = CrashSources.make(root.resolve("sources"), FaultedMix.FILES, 1);
    bench = CrashBench.onSqlite(root);
  }

  @AfterEach
  void close() throws Exception {
    sources.assertUnchanged();
    bench.close();
  }

  @Test
  void somebodysFileUnderAPlannedName_isKept() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK, LinkMethod.COPY);
    files = mix.begin();
    contestTheName(files, false);
    assertThatThrownBy(() -> bench.run(files, mix.recipe()))
        .isInstanceOfSatisfying(
            TaskFailedException.class,
            e -> {
              assertThat(e.isResumable()).isTrue();
              assertThat(e.failures())
                  .singleElement()
                  .satisfies(failure -> assertThat(failure.reason()).isEqualTo("CONFLICT"))
                  .satisfies(failure -> assertThat(failure.path()).isEqualTo("d1/f01.txt"))
                  .satisfies(failure -> assertThat(failure.detail()).contains("not ours"));
            });
    Path contested = mix.stagingOf().resolve(CONTESTED);
    assertSomebodys(contested);
    Files.delete(contested);
    files.plain(Operation.LINK);
    mix.assertHeals(LinkMethod.HARDLINK);
  }

  @Test
  void withALinkThatReplaces_somebodysFileIsSeenToBeLost() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK, LinkMethod.COPY);
    contestTheName(mix.begin(), true);
    assertThat(mix.run().isCompleted()).isTrue();
    Path contested = Path.of(mix.recipe().target()).resolve(CONTESTED);
    assertThatThrownBy(() -> assertSomebodys(contested)).isInstanceOf(AssertionError.class);
  }

  /** Somebody gives a planned name to a file of theirs, just before it is linked. */
  private void contestTheName(FaultLayer files, boolean linkReplaces) throws IOException {
    Path theirs = Files.writeString(root.resolve("theirs"), "somebody's");
    files.around(
        Operation.LINK,
        (call, act) -> {
          Path name = Path.of(call.path());
          if (name.endsWith(CONTESTED)) {
            done(() -> Files.deleteIfExists(name));
            done(() -> Files.createLink(name, theirs));
            done(() -> linkReplaces && Files.deleteIfExists(name));
          }
          act.run();
        });
  }

  private void assertSomebodys(Path contested) throws IOException {
    assertThat(Files.isSameFile(contested, root.resolve("theirs"))).isTrue();
    assertThat(contested).hasContent("somebody's");
  }

  @Test
  void aTargetThatAppearsBeforeTheRename_isKept() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK);
    Path keep = Path.of(takeTheTarget(mix, false).target()).resolve("keep");
    assertThatThrownBy(() -> bench.run(files, mix.recipe()))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("appeared");
    assertThat(keep).hasContent("somebody's");
    Files.delete(keep);
    Files.delete(Path.of(mix.recipe().target()));
    files.plain(Operation.RENAME);
    mix.assertHeals(LinkMethod.HARDLINK);
  }

  @Test
  void withARenameThatReplaces_somebodysFolderIsSeenToBeLost() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK);
    Path keep = Path.of(takeTheTarget(mix, true).target()).resolve("keep");
    assertThat(mix.run().isCompleted()).isTrue();
    assertThatThrownBy(() -> assertThat(keep).hasContent("somebody's"))
        .isInstanceOf(AssertionError.class);
  }

  /** Somebody makes a folder under the final name just before it is given. */
  private Recipe takeTheTarget(FaultedMix mix, boolean renameReplaces) {
    files = mix.begin();
    files.around(
        Operation.RENAME,
        (call, act) -> {
          Path target = Path.of(call.there().path(), call.otherName());
          done(() -> Files.createDirectories(target));
          done(() -> Files.writeString(target.resolve("keep"), "somebody's"));
          if (renameReplaces) {
            done(() -> Files.deleteIfExists(target.resolve("keep")));
            done(() -> Files.deleteIfExists(target));
          }
          act.run();
        });
    return mix.recipe();
  }

  /** A disk that forgets what was not synced, and what a failed sync has dropped. */
  private static final class ForgetfulDisk {
    private final Set<String> unsynced = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();
    private int failures;

    ForgetfulDisk(FaultLayer files, int failures) {
      this.failures = failures;
      files.around(
          Operation.COPY,
          (call, act) -> {
            act.run();
            String file = Path.of(call.path()).getFileName().toString();
            unsynced.add(file);
            dropped.remove(file);
          });
      files.around(
          Operation.SYNC_VOLUME,
          (call, act) -> {
            if (this.failures-- > 0) {
              dropped.addAll(unsynced);
              unsynced.clear();
              throw new Fault("syncfs", Errno.EIO, call.path(), Errno.EIO.words());
            }
            act.run();
            unsynced.clear();
          });
    }

    Set<String> lostWithThePower() {
      Set<String> lost = new TreeSet<>(unsynced);
      lost.addAll(dropped);
      return lost;
    }
  }

  @Test
  void aPublishedMixIsWholeOnTheDisk_alsoAfterASyncThatFailed() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.COPY);
    ForgetfulDisk disk = new ForgetfulDisk(mix.begin(), 1);
    FaultedMix.Outcome outcome = mix.run();
    assertThat(outcome.word()).isEqualTo("STOPS");
    assertThat(outcome.message()).contains("EIO", "durable", "resume");
    assertThat(disk.lostWithThePower()).hasSize(FaultedMix.FILES);
    mix.assertHeals(LinkMethod.COPY);
    assertThat(disk.lostWithThePower()).isEmpty();
  }

  @Test
  void withASyncThatLies_whatIsPublishedIsSeenToBeLost() throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.COPY);
    FaultLayer lying = mix.begin();
    ForgetfulDisk disk = new ForgetfulDisk(lying, 0);
    lying.lying(Operation.SYNC_VOLUME);
    assertThat(mix.run().isCompleted()).isTrue();
    assertThat(disk.lostWithThePower()).hasSize(FaultedMix.FILES);
  }

  private interface Doing {
    Object done() throws IOException;
  }

  private static void done(Doing doing) {
    try {
      doing.done();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
