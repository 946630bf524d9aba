package io.admix.files;

import static io.admix.core.recipe.LinkMethod.COPY;
import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static io.admix.core.recipe.LinkMethod.SYMLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Folder.Expected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of faults, by real placing with the fault injected. */
final class FaultRulesTest {
  /**
   * Method, causes that never end, what becomes of the file. Whatever is not here is IO_ERROR: a
   * file's failure, never another method.
   */
  private static final String ROWS =
      """
      HARDLINK: EXDEV EOPNOTSUPP ENOTTY ENOSYS = NEXT_FOR_PAIR
      HARDLINK: EPERM EMLINK EACCES = NEXT
      HARDLINK: EEXIST = CONFLICT
      HARDLINK: ENOENT = SOURCE_MISSING
      HARDLINK: ELOOP ENOTDIR = UNSAFE_PATH
      HARDLINK: ESTALE = STALE_HANDLE
      HARDLINK: ENOSPC EMFILE ENFILE ENOMEM = STOPPED_RESUMABLE
      HARDLINK: EDQUOT EROFS = STOPPED_RESUMABLE
      SYMLINK: EPERM EOPNOTSUPP ENOTTY ENOSYS = NEXT_FOR_PAIR
      SYMLINK: EACCES EDQUOT EROFS = STOPPED_RESUMABLE
      SYMLINK: EEXIST = CONFLICT
      SYMLINK: ENOENT = SOURCE_MISSING
      SYMLINK: ELOOP ENOTDIR = UNSAFE_PATH
      SYMLINK: ESTALE = STALE_HANDLE
      SYMLINK: ENOSPC EMFILE ENFILE ENOMEM = STOPPED_RESUMABLE
      REFLINK: EXDEV EOPNOTSUPP ENOTTY ENOSYS = NEXT_FOR_PAIR
      REFLINK: EPERM EACCES EINVAL EBADF ETXTBSY EFBIG = NEXT
      REFLINK: EEXIST = CONFLICT
      REFLINK: ENOENT = SOURCE_MISSING
      REFLINK: ELOOP ENOTDIR = UNSAFE_PATH
      REFLINK: ESTALE = STALE_HANDLE
      REFLINK: ENOSPC EMFILE ENFILE ENOMEM = STOPPED_RESUMABLE
      REFLINK: EDQUOT EROFS = STOPPED_RESUMABLE
      COPY: EACCES = SOURCE_UNREADABLE
      COPY: EEXIST = CONFLICT
      COPY: ENOENT = SOURCE_MISSING
      COPY: ELOOP ENOTDIR = UNSAFE_PATH
      COPY: ESTALE = STALE_HANDLE
      COPY: ENOSPC EMFILE ENFILE ENOMEM = STOPPED_RESUMABLE
      COPY: EDQUOT EROFS = STOPPED_RESUMABLE
      """;

  @TempDir Path directory;
  private Folder source;
  private final FaultLayer layer = new FaultLayer(FileAccess.portable()).reflinkingByCopy();
  private Folder target;
  private final List<Long> pauses = new ArrayList<>();

  @BeforeEach
  void openFolders() throws Exception {
    Files.createDirectory(directory.resolve("source"));
    Files.createDirectory(directory.resolve("target"));
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(directory.resolve("source").resolve(name), "hello");
    }
    source = FileAccess.portable().open(directory.resolve("source"));
    layer.on(new Volume("ext4", false, false, 1L << 40, 1L << 20));
    target = layer.open(directory.resolve("target"));
  }

  @AfterEach
  void closeFolders() {
    source.close();
    target.close();
  }

  static Stream<Arguments> rows() {
    Map<LinkMethod, Map<Errno, String>> listed = new EnumMap<>(LinkMethod.class);
    for (String row : ROWS.strip().split("\n")) {
      String[] parts = row.split("[:=]");
      for (String errno : parts[1].strip().split(" ")) {
        listed
            .computeIfAbsent(LinkMethod.valueOf(parts[0]), m -> new EnumMap<>(Errno.class))
            .put(Errno.valueOf(errno), parts[2].strip());
      }
    }
    return Stream.of(LinkMethod.values())
        .flatMap(method ->
            Stream.of(Errno.values())
                .map(errno ->
                    Arguments.of(
                        method, errno, listed.get(method).getOrDefault(errno, "IO_ERROR"))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyFaultLeadsWhereTheTableSays(LinkMethod method, Errno errno, String expected)
      throws Exception {
    LinkMethod next = method == COPY ? SYMLINK : COPY;
    Placer placer = placer(method, next);
    layer.failAlways(Operation.of(method), errno);
    String first = place(placer, "a", next);
    if (expected.startsWith("NEXT")) {
      assertThat(first).isEqualTo("NEXT");
      layer.healed();
      String second = place(placer, "b", next);
      assertThat(second).isEqualTo(expected.equals("NEXT") ? method.name() : "NEXT");
    } else {
      assertThat(first).isEqualTo(expected);
      assertThat(directory.resolve("target").toFile().list()).isEmpty();
    }
  }

  private Placer placer(LinkMethod... order) {
    return new Placer(List.of(order), pauses::add, FaultRules::reaction, () -> {});
  }

  private String place(Placer placer, String name, LinkMethod next) throws Exception {
    try {
      return switch (outcome(placer, name)) {
        case Outcome.Placed placed -> placed.method() == next ? "NEXT" : placed.method().name();
        case Outcome.Failed failed -> failed.reason().name();
      };
    } catch (PlacingStoppedException e) {
      return e.isResumable() ? "STOPPED_RESUMABLE" : "STOPPED";
    }
  }

  private Outcome outcome(Placer placer, String name) throws Exception {
    Stat stat = source.stat(name);
    Expected expected = new Expected(stat.inode(), stat.size(), stat.modifiedNs());
    String path = directory.resolve("source").resolve(name).toString();
    return placer.place(source, name, path, expected, target, name);
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"EINTR", "EAGAIN", "EBUSY", "ETIMEDOUT", "EMFILE", "ENFILE", "ENOMEM"})
  void passingFaultsAreOutlived(Errno errno) throws Exception {
    layer.failFirst(Operation.LINK, 5, errno);
    assertThat(place(placer(HARDLINK, COPY), "a", COPY)).isEqualTo("HARDLINK");
  }

  @Test
  void backOffDoublesIsBoundedAndCounted() throws Exception {
    layer.failAlways(Operation.LINK, Errno.EBUSY);
    Placer placer = placer(HARDLINK, COPY);
    assertThat(place(placer, "a", COPY)).isEqualTo("IO_ERROR");
    assertThat(pauses).hasSize(8).startsWith(2_000_000L, 4_000_000L, 8_000_000L);
    assertThat(placer.backOffs()).isEqualTo(8);
  }

  @Test
  void oneIoErrorIsTriedOnceMore_twoAreNot() throws Exception {
    layer.failFirst(Operation.LINK, 1, Errno.EIO);
    assertThat(place(placer(HARDLINK, COPY), "a", COPY)).isEqualTo("HARDLINK");
    layer.failFirst(Operation.LINK, 2, Errno.EIO);
    assertThat(place(placer(HARDLINK, COPY), "b", COPY)).isEqualTo("IO_ERROR");
  }

  @Test
  void sixteenFilesInARowWithIoErrorsStopTheTask() throws Exception {
    Placer placer = placer(HARDLINK);
    layer.failAlways(Operation.LINK, Errno.EIO);
    for (int i = 0; i < 15; i++) {
      assertThat(place(placer, "a", COPY)).isEqualTo("IO_ERROR");
    }
    layer.healed();
    assertThat(place(placer, "a", COPY)).isEqualTo("HARDLINK");
    layer.failAlways(Operation.LINK, Errno.EIO);
    for (int i = 0; i < 15; i++) {
      assertThat(place(placer, "b", COPY)).isEqualTo("IO_ERROR");
    }
    assertThat(place(placer, "b", COPY)).isEqualTo("STOPPED_RESUMABLE");
  }

  @Test
  void epermTurnsThePairOffOnlyAfterAnotherOwnerOrMode() throws Exception {
    Placer placer = placer(HARDLINK, COPY);
    layer.failFirst(Operation.LINK, 2, Errno.EPERM);
    assertThat(place(placer, "a", COPY)).isEqualTo("NEXT");
    assertThat(place(placer, "b", COPY)).isEqualTo("NEXT");
    assertThat(place(placer, "c", COPY)).isEqualTo("HARDLINK");
    Files.delete(directory.resolve("target/c"));
    Files.setPosixFilePermissions(
        directory.resolve("source/c"), PosixFilePermissions.fromString("r--------"));
    layer.failFirst(Operation.LINK, 1, Errno.EPERM);
    assertThat(place(placer, "c", COPY)).isEqualTo("NEXT");
    Files.delete(directory.resolve("target/a"));
    assertThat(place(placer, "a", COPY)).isEqualTo("NEXT");
  }

  @Test
  void anOverlayThatCopiesUpTakesTheNextMethod_otherFileSystemsDoNot() throws Exception {
    layer.linkingByCopy();
    assertThat(place(placer(HARDLINK, COPY), "a", COPY)).isEqualTo("SOURCE_CHANGED");
    layer.on(new Volume("overlay", false, false, 1L << 40, 1L << 20));
    Placer placer = placer(HARDLINK, COPY);
    assertThat(place(placer, "a", COPY)).isEqualTo("NEXT");
    assertThat(place(placer, "b", COPY)).isEqualTo("NEXT");
    assertThat(target.stat("a").links()).isEqualTo(1);
  }

  @Test
  void emlinkIsRememberedForItsInodeOnly() throws Exception {
    Placer placer = placer(HARDLINK, COPY);
    layer.failFirst(Operation.LINK, 1, Errno.EMLINK);
    assertThat(place(placer, "a", COPY)).isEqualTo("NEXT");
    Files.delete(directory.resolve("target/a"));
    assertThat(place(placer, "a", COPY)).isEqualTo("NEXT");
    assertThat(place(placer, "b", COPY)).isEqualTo("HARDLINK");
  }

  @Test
  void eaccesOnATargetThatTakesNothingStopsTheTask() throws Exception {
    layer.failAlways(Operation.MAKE_FOLDER, Errno.EACCES);
    for (LinkMethod method : List.of(HARDLINK, COPY)) {
      layer.failAlways(Operation.of(method), Errno.EACCES);
      assertThat(place(placer(method, SYMLINK), "a", SYMLINK)).isEqualTo("STOPPED_RESUMABLE");
    }
  }

  @Test
  void aFullVolumeIsToldApart() {
    assertThat(messageOn(new Volume("ext4", false, false, 1L << 40, 0))).contains("inodes ran out");
    assertThat(messageOn(new Volume("ext4", false, false, 10, 100)))
        .contains("bytes ran out")
        .contains("10 bytes");
    assertThat(messageOn(new Volume("btrfs", false, false, 10, -1))).contains("bytes ran out");
    assertThat(messageOn(new Volume("ext4", false, false, 1L << 40, 100)))
        .contains("directory index is full");
  }

  private String messageOn(Volume volume) {
    layer.on(volume).failAlways(Operation.LINK, Errno.ENOSPC);
    PlacingStoppedException stop =
        catchThrowableOfType(PlacingStoppedException.class, () -> outcome(placer(HARDLINK), "a"));
    assertThat(stop.isResumable()).isTrue();
    return stop.getMessage();
  }

  @Test
  void aLinkThatBecomesACopyIsNotStartedWithoutRoom() {
    layer.failFirst(Operation.LINK, 1, Errno.EMLINK).on(new Volume("ext4", false, false, 3, 100));
    PlacingStoppedException stop =
        catchThrowableOfType(
            PlacingStoppedException.class, () -> outcome(placer(HARDLINK, COPY), "a"));
    assertThat(stop.getMessage()).contains("bytes ran out");
    assertThat(directory.resolve("target").toFile().list()).isEmpty();
  }

  @Test
  void aTargetFolderThatIsGoneStopsTheTask() throws Exception {
    layer.failAlways(Operation.LINK, Errno.ENOENT).failAlways(Operation.STAT_HERE, Errno.ENOENT);
    assertThat(place(placer(HARDLINK), "a", COPY)).isEqualTo("STOPPED_RESUMABLE");
  }

  @Test
  void whatWasMadeButCannotBeLookedAtStopsTheTask_andResumeSettlesIt() throws Exception {
    layer.failFirst(Operation.STAT, 2, Errno.EIO);
    assertThat(place(placer(HARDLINK), "a", COPY)).isEqualTo("STOPPED_RESUMABLE");
    assertThat(place(placer(HARDLINK), "a", COPY)).isEqualTo("HARDLINK");
  }

  @Test
  void oneFailingLookAfterALinkIsTriedAgain() throws Exception {
    layer.failFirst(Operation.STAT, 1, Errno.EIO);
    assertThat(place(placer(HARDLINK), "a", COPY)).isEqualTo("HARDLINK");
  }
}
