package io.admix.engine.doctor;

import io.admix.core.recipe.LinkMethod;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be done between two folders. Texts are empty, numbers -1 and answers null where it
 * cannot be told.
 *
 * @param triedIn the folder in which the scratch folder stood: the target, or the nearest one above
 *     it that is there
 * @param sample the file of the source with which methods were tried, or null
 * @param methods what came of each
 * @param rename how a finished mix gets its name
 * @param notes sentences for people
 */
public record DoctorReport(
    Side source,
    Side target,
    String triedIn,
    Between between,
    @Nullable Sample sample,
    Caller caller,
    SequencedMap<LinkMethod, Finding> methods,
    Finding rename,
    Limits limits,
    Access access,
    Run run,
    List<String> notes) {

  /** Whether it is known that no method at all places files. */
  public boolean isHopeless() {
    return methods.values().stream().allMatch(finding -> finding.answer() == Answer.REFUSED);
  }

  /** What came of a method. */
  public Answer answer(LinkMethod method) {
    Finding finding = methods.get(method);
    return finding == null ? Answer.UNKNOWN : finding.answer();
  }

  DoctorReport withNotes(List<String> told) {
    return new DoctorReport(
        source,
        target,
        triedIn,
        between,
        sample,
        caller,
        methods,
        rename,
        limits,
        access,
        run,
        List.copyOf(told));
  }

  /** What a trial ended in. */
  public enum Answer {
    WORKS,
    REFUSED,
    UNKNOWN
  }

  /**
   * @param errno name of the error, else empty
   * @param why it does not work or is not known; else empty
   */
  public record Finding(Answer answer, String errno, String why) {}

  /**
   * One of the two folders.
   *
   * @param path as resolved, symbolic links followed
   * @param isThere whether it exists; of a target that does not, the rest is told of {@link
   *     #triedIn}
   * @param mountId of the mount
   * @param mountPoint where it is mounted
   * @param mountSource the device or server
   * @param options of mount and file system
   * @param project quota project of the folder
   * @param inheritsProject whether what is made in it gets that project
   */
  public record Side(
      String path,
      boolean isThere,
      String fileSystem,
      boolean isNetwork,
      boolean isReadOnly,
      long mountId,
      String mountPoint,
      String mountSource,
      String options,
      long project,
      @Nullable Boolean inheritsProject) {}

  /** How the two lie to each other. */
  public enum Between {
    SAME_MOUNT,
    /** One file system seen through two mounts: hard links do not cross them. */
    SAME_DEVICE,
    OTHER_DEVICE
  }

  /**
   * A regular file of the source.
   *
   * @param link what is foreseen of a hard link to it: FREE, FULL, PROTECTED or DOUBTFUL
   * @param immutable chattr +i
   * @param appendOnly chattr +a
   */
  public record Sample(
      String path,
      long bytes,
      long owner,
      String mode,
      long links,
      String link,
      long project,
      @Nullable Boolean immutable,
      @Nullable Boolean appendOnly) {}

  /**
   * @param user id that file accesses are checked with
   * @param ownsAll whether every file counts as its own (CAP_FOWNER)
   * @param protectedHardlinks fs.protected_hardlinks
   */
  public record Caller(long user, boolean ownsAll, @Nullable Boolean protectedHardlinks) {}

  /**
   * @param links of one file, {@link Long#MAX_VALUE} without bound
   * @param nameBytes longest name
   * @param foldsCase whether names that differ in case are one
   */
  public record Limits(
      long bytesFree, long inodesFree, long links, long nameBytes, @Nullable Boolean foldsCase) {}

  /**
   * How files are reached.
   *
   * @param name {@code linux} or {@code portable}
   * @param openat2 and the others: whether the call works, null where it is not used
   */
  public record Access(
      String name,
      boolean isSwapSafe,
      boolean isAtomicNoReplace,
      @Nullable Boolean openat2,
      @Nullable Boolean renameat2,
      @Nullable Boolean syncfs) {}

  /**
   * What {@code run} would do with the default order of a recipe.
   *
   * @param order the default order
   * @param method the first of them that works, or null
   */
  public record Run(List<LinkMethod> order, @Nullable LinkMethod method) {}
}
