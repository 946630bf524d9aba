package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.Operation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults of whatever is not the placing of one file: planning, staging, looking, publishing. Each
 * errno at the first, second, … call of an operation, until a run meets it no more.
 */
class StepFaultsTest extends FaultsKit {
  private static final List<Errno> ERRNOS =
      List.of(
          Errno.EIO,
          Errno.EACCES,
          Errno.ENOENT,
          Errno.EEXIST,
          Errno.ENOSPC,
          Errno.EROFS,
          Errno.EMFILE,
          Errno.ESTALE,
          Errno.EINTR,
          Errno.ENOTDIR);

  /** Told as what they mean: a file that is gone, a target that appeared, a folder moved away. */
  private static final Set<Errno> FACTS = EnumSet.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EEXIST);

  /**
   * What a run may come to. REFUSED: no plan could be made, and nothing was. STOPS: the task can be
   * resumed. A word in small letters stands for COMPLETED as if nothing had been.
   */
  private static final Map<Operation, Set<String>> MAY_BE = new EnumMap<>(Operation.class);

  static {
    MAY_BE.put(Operation.OPEN_ROOT, Set.of("completed", "REFUSED", "STOPS"));
    MAY_BE.put(
        Operation.OPEN,
        Set.of(
            "completed",
            "REFUSED",
            "STOPS",
            "SOURCE_MISSING",
            "SOURCE_UNREADABLE",
            "UNSAFE_PATH",
            "IO_ERROR"));
    MAY_BE.put(Operation.STAT_HERE, Set.of("STOPS"));
    MAY_BE.put(Operation.STAT, Set.of("completed", "REFUSED", "STOPS"));
    MAY_BE.put(Operation.LIST, Set.of("completed", "REFUSED", "STOPS"));
    MAY_BE.put(Operation.VOLUME, Set.of("completed", "REFUSED", "STOPS"));
    MAY_BE.put(Operation.MAKE_FOLDER, Set.of("completed", "STOPS"));
    // Only what was made on trial is deleted by a run that is not resumed.
    MAY_BE.put(Operation.DELETE_FILE, Set.of("completed"));
    MAY_BE.put(Operation.DELETE_FOLDER, Set.of("completed"));
    MAY_BE.put(Operation.RENAME, Set.of("STOPS"));
    MAY_BE.put(Operation.SYNC, Set.of("STOPS"));
    MAY_BE.put(Operation.SYNC_VOLUME, Set.of("STOPS"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LINK", "SYMLINK", "REFLINK", "COPY", "READ_LINK", "HEAD", "DIGEST", "WRITE"})
  void eachErrnoAtEachCall_isOutlivedOrStopsWhatCanGoOn(Operation operation) throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, LinkMethod.HARDLINK);
    Set<String> met = new TreeSet<>();
    for (Errno errno : ERRNOS) {
      boolean isMet = true;
      for (int n = 1; isMet; n++) {
        FaultLayer files = mix.begin().failAt(operation, n, errno);
        try {
          String word = check(mix, errno);
          isMet = files.answered() > 0;
          if (!word.equals("completed")) {
            mix.assertHeals(LinkMethod.HARDLINK);
          }
          assertThat(word).isIn(isMet ? MAY_BE.get(operation) : Set.of("completed"));
          met.addAll(isMet ? Set.of(word) : Set.of());
        } catch (AssertionError e) {
          throw new AssertionError(
              "%s at call %d of %s: %s%n%s"
                  .formatted(errno, n, operation, e.getMessage(), files.world().trace()),
              e);
        }
        mix.remove();
      }
    }
    assertThat(met).isEqualTo(new TreeSet<>(MAY_BE.get(operation)));
    sources.assertUnchanged();
  }

  private static String check(FaultedMix mix, Errno errno) throws Exception {
    FaultedMix.Outcome outcome = mix.run();
    if (outcome.isCompleted()) {
      assertThat(outcome.word()).isEqualTo(FaultedMix.completedBy(LinkMethod.HARDLINK));
      return "completed";
    }
    assertThat(outcome.message()).contains(FACTS.contains(errno) ? "" : errno.name());
    assertThat(outcome.message()).isNotBlank();
    return outcome.word();
  }
}
