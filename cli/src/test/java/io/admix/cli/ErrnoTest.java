package io.admix.cli;

import static io.admix.core.recipe.LinkMethod.COPY;
import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real process whose system calls fail: what it answers, says and leaves, and that the same run
 * publishes the right mix once the cause is gone.
 */
class ErrnoTest {
  private static final int FILES = 4;

  @TempDir Path folder;

  /** Numbers of errno(3) on every architecture of Linux that Admix knows. */
  private enum Errno {
    EPERM(1),
    EIO(5),
    EEXIST(17),
    EXDEV(18),
    EINVAL(22),
    ENOSPC(28),
    EROFS(30),
    EMLINK(31),
    ENOSYS(38),
    EOPNOTSUPP(95),
    ESTALE(116),
    EDQUOT(122);

    private final int number;

    Errno(int number) {
      this.number = number;
    }
  }

  /** Which calls fail: by name and by what they are about, the first so many of them. */
  private static final class Failing implements TracedProcess.Watcher {
    private final String call;
    private final Pattern subject;
    private final Errno errno;
    private final int most;
    private int failed;

    Failing(String call, String subject, Errno errno, int most) {
      this.call = call;
      this.subject = Pattern.compile(subject);
      this.errno = errno;
      this.most = most;
    }

    @Override
    public TracedProcess.Verdict at(SystemCall made, String about) {
      boolean isMeant =
          made.name().equals(call) && subject.matcher(about).find() && isOfItsKind(made);
      if (!isMeant || failed == most) {
        return TracedProcess.Verdict.GO_ON;
      }
      failed++;
      return TracedProcess.Verdict.fail(errno.number);
    }

    /** A copy gets its name by linkat too, out of /proc and following a link. */
    private boolean isOfItsKind(SystemCall made) {
      return !call.equals("linkat") || made.arguments()[4] == 0;
    }
  }

  @ParameterizedTest(name = "{0} of {1}: {2}, {3} times, allowed {4}: {5}")
  @CsvSource({
    "linkat, /a/, EXDEV, 99, hardlink copy, COPY",
    "linkat, /a/, EMLINK, 99, hardlink copy, COPY",
    "linkat, /a/, EPERM, 99, hardlink copy, COPY",
    "linkat, /a/, EOPNOTSUPP, 99, hardlink copy, COPY",
    "linkat, /a/, EIO, 1, hardlink copy, HARDLINK",
    "linkat, /a/, ESTALE, 1, hardlink copy, HARDLINK",
    "statx, /out/.admix-[^/]*/a/d./f, EIO, 1, hardlink, HARDLINK",
    "openat2, /, ENOSYS, 9999, hardlink, HARDLINK",
    "openat2, /, EPERM, 9999, copy, COPY",
    "renameat2, /out/mix$, EINVAL, 99, hardlink, HARDLINK",
    "renameat2, /out/mix$, ENOSYS, 99, copy, COPY",
    "copy_file_range, /, EOPNOTSUPP, 99, copy, COPY",
    "copy_file_range, /, EXDEV, 99, copy, COPY",
    "copy_file_range, /, EINVAL, 99, copy, COPY",
  })
  void whatCanBeDoneOtherwise_isDoneOtherwise(
      String call, String subject, Errno errno, int times, String allowed, LinkMethod used)
      throws Exception {
    World world = world(allowed, used);
    Failing failing = new Failing(call, subject, errno, times);
    int code = world.run(failing);
    String told = world.told();
    assertThat(code).as(told).isZero();
    assertThat(failing.failed).as("calls that failed").isGreaterThanOrEqualTo(Math.min(1, times));
    assertThat(told).contains("mix: published", used.word() + " " + FILES + " files");
    PublishedMix.check(world.home, world.mix, world.before, call + " " + errno);
  }

  @ParameterizedTest(name = "{0} of {1}: {2}, {3} times, allowed {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          linkat          | /a/       | EXDEV  | 99 | hardlink | 4 files could not be placed
          linkat          | /a/       | EMLINK | 99 | hardlink | Too many links (EMLINK)
          linkat          | /a/       | EIO    | 99 | hardlink copy | Input/output error (EIO)
          linkat          | /a/       | ESTALE | 99 | hardlink | Stale file handle (ESTALE)
          linkat          | /a/       | ENOSPC |  1 | hardlink | Make room, then resume
          linkat          | /a/       | EDQUOT |  1 | hardlink copy | Disk quota exceeded (EDQUOT). Make it writable again
          linkat          | /a/       | EROFS  |  1 | hardlink copy | Read-only file system (EROFS). Make it writable again
          statx           | /out/.admix-[^/]*/a/d./f | EIO | 99 | hardlink | was made, but cannot be checked or removed
          copy_file_range | /         | EIO    | 99 | copy     | Input/output error (EIO)
          copy_file_range | /         | ENOSPC |  1 | copy     | Make room, then resume
          copy_file_range | /         | EDQUOT |  1 | copy     | Make it writable again
          utimensat       | /         | EIO    |  9 | copy     | Input/output error (EIO)
          mkdirat         | /out/.admix-[^/]*$  | ENOSPC | 1 | hardlink | Nothing was made; make room, then resume
          mkdirat         | /out/.admix-[^/]*$  | EROFS  | 1 | hardlink | Nothing was made; make it writable, then resume
          mkdirat         | /a/d.     | ENOSPC |  9 | hardlink | (ENOSPC on
          mkdirat         | /a/d.     | EIO    |  9 | hardlink | The target folder cannot be used: mkdirat
          fsync           | /manifest.jsonl | EIO | 1 | hardlink | manifest.jsonl could not be written and synced: Input/output error
          fsync           | plan.jsonl | EIO    |  1 | hardlink | Input/output error
          syncfs          | /out/     | EIO    |  1 | copy     | could not be made durable: syncfs
          syncfs          | /out/     | EIO    |  1 | hardlink | could not be made durable: syncfs
          fsync           | catalog.db-wal$ | EIO | 9 | hardlink | disk I/O error
          renameat2       | /out/mix$ | EIO    |  1 | hardlink | The finished dataset could not get its final name
          renameat2       | /out/mix$ | ENOSPC |  1 | hardlink | No space left on device (ENOSPC). Nothing is published
          """)
  void whatStopsTheTask_isSaidAndPublishesNothing_andTheSameRunGoesOn(
      String call, String subject, Errno errno, int times, String allowed, String said)
      throws Exception {
    World world = world(allowed, LinkMethod.valueOf(first(allowed)));
    Failing failing = new Failing(call, subject, errno, times);
    int code = world.run(failing);
    String told = world.told();
    assertThat(failing.failed).as("calls that failed: %s", told).isPositive();
    assertThat(code).as(told).isEqualTo(ExitCode.FAILED);
    assertThat(told).contains(said).doesNotContain("\tat ", "a fault of Admix itself");
    assertThat(world.mix.target()).doesNotExist();
    PublishedMix.runAndCheck(world.home, world.mix, world.before, call + " " + errno);
  }

  @Test
  void theParentsSyncFails_theMixIsThere_andTheSameRunFinishesIt() throws Exception {
    World world = world("hardlink", HARDLINK);
    int code = world.run(new Failing("fsync", "/out$", Errno.EIO, 1));
    assertThat(code).as(world.told()).isEqualTo(ExitCode.FAILED);
    assertThat(world.told())
        .contains("its name could not be made durable: fsync", "admix task resume");
    assertThat(SourceFacts.of(world.mix.target()).files()).hasSize(FILES);
    PublishedMix.runAndCheck(world.home, world.mix, world.before, "fsync of the parent");
  }

  @Test
  void afterAFailedSync_everyCopyIsMadeAgain() throws Exception {
    World world = world("copy", COPY);
    assertThat(world.run(new Failing("syncfs", "/out/", Errno.EIO, 1))).isEqualTo(1);
    Path staging = world.staging();
    Map<String, Object> first = changeTimes(staging);
    PublishedMix.runAndCheck(world.home, world.mix, world.before, "after a failed sync");
    Map<String, Object> second = changeTimes(world.mix.target());
    assertThat(second).hasSize(FILES).hasSameSizeAs(first);
    second.forEach((path, time) -> assertThat(time).as(path).isNotEqualTo(first.get(path)));
  }

  /** Inode numbers are given out again at once; the time of the last change of an inode tells. */
  private static Map<String, Object> changeTimes(Path root) throws Exception {
    Map<String, Object> times = new TreeMap<>();
    for (String path : SourceFacts.of(root).files().keySet()) {
      times.put(path, Files.getAttribute(root.resolve(path), "unix:ctime"));
    }
    return times;
  }

  @Test
  void aNewCatalogueThatCannotBeSynced_isMadeByTheNextCommand() throws Exception {
    World world = world("hardlink", HARDLINK, false);
    int code = world.run(new Failing("fsync", "catalog.db-wal$", Errno.EIO, 99));
    assertThat(code).as(world.told()).isIn(ExitCode.FAILED, ExitCode.REFUSED);
    assertThat(world.told())
        .contains("The catalogue could not be brought to schema", "disk I/O error")
        .doesNotContain("\tat ", "----");
    PublishedMix.runAndCheck(world.home, world.mix, world.before, "new catalogue");
  }

  @Test
  void aFolderThatCannotBeRead_isNoShortList() throws Exception {
    World world = world("hardlink", HARDLINK);
    int code = world.run(new Failing("getdents64", "/a/d1$", Errno.EIO, 1));
    assertThat(code).as(world.told()).isIn(ExitCode.FAILED, ExitCode.REFUSED);
    assertThat(world.told()).contains("/a/d1", "Input/output error");
    assertThat(world.mix.target()).doesNotExist();
    PublishedMix.runAndCheck(world.home, world.mix, world.before, "getdents64");
  }

  @Test
  void killedBetweenClaimAndRename_theSameRunGoesOn_butSomebodysEmptyFolderIsTold()
      throws Exception {
    World world = world("hardlink", HARDLINK);
    Failing noFlags = new Failing("renameat2", "/out/mix$", Errno.EINVAL, 99);
    TracedProcess.Watcher killed =
        (call, subject) ->
            call.name().equals("renameat") ? TracedProcess.Verdict.KILL : noFlags.at(call, subject);
    assertThat(world.run(killed)).isEqualTo(137);
    Set<PosixFilePermission> mark = Files.getPosixFilePermissions(world.mix.target());

    Files.setPosixFilePermissions(world.mix.target(), PosixFilePermissions.fromString("rwxr-xr-x"));
    CommandRun run = CommandRun.of(world.home, folder, "run", "mix.yaml");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains(
            "The target " + world.mix.target() + " is an empty folder",
            "rmdir " + world.mix.target(),
            "admix task resume ");
    assertThat(world.mix.target()).isEmptyDirectory();

    Files.setPosixFilePermissions(world.mix.target(), mark);
    PublishedMix.runAndCheck(world.home, world.mix, world.before, "claim");
  }

  @Test
  void noFilesWithoutNames_aCopyIsMadeUnderATemporaryName() throws Exception {
    World world = world("copy", COPY);
    TracedProcess.Watcher old =
        (call, subject) -> {
          boolean isNameless =
              call.name().equals("openat") && (call.arguments()[2] & 0x400000) != 0;
          boolean isOwn = call.name().equals("renameat2") && subject.contains("/a/d");
          return isNameless
              ? TracedProcess.Verdict.fail(Errno.EOPNOTSUPP.number)
              : isOwn
                  ? TracedProcess.Verdict.fail(Errno.EINVAL.number)
                  : TracedProcess.Verdict.GO_ON;
        };
    assertThat(world.run(old)).as(world.told()).isZero();
    PublishedMix.check(world.home, world.mix, world.before, "no O_TMPFILE, no RENAME_NOREPLACE");
  }

  private static String first(String allowed) {
    return allowed.split(" ")[0].toUpperCase(Locale.ROOT);
  }

  private World world(String allowed, LinkMethod used) throws Exception {
    return world(allowed, used, true);
  }

  /**
   * @param isPrepared whether the catalogue is there already
   */
  private World world(String allowed, LinkMethod used, boolean isPrepared) throws Exception {
    assumeTrue(
        TracedProcess.isPossible() && Ptrace.canFailCalls(), "ptrace(2) on x86-64 is needed");
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % 2 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "file " + i);
    }
    Sources.watch(folder.resolve("a"));
    List<LinkMethod> methods =
        List.of(allowed.toUpperCase(Locale.ROOT).split(" ")).stream()
            .map(LinkMethod::valueOf)
            .toList();
    Mix mix = Mix.of("mix", folder, folder.resolve("out/mix"), methods, used, folder.resolve("a"));
    Home home = Home.sqlite(folder.resolve("home"));
    if (isPrepared) {
      home.open().close();
    }
    return new World(folder, home, mix, PublishedMix.factsOf(mix));
  }

  private record World(Path folder, Home home, Mix mix, List<SourceFacts> before) {
    int run(TracedProcess.Watcher watcher) throws Exception {
      return TracedProcess.run(
          FastJava.interpreted(home, folder),
          List.of(folder),
          watcher,
          "run",
          mix.recipe().toString());
    }

    String told() throws Exception {
      return Files.readString(folder.resolve("told.txt"));
    }

    Path staging() throws Exception {
      try (var beside = Files.list(mix.target().getParent())) {
        return beside.filter(p -> p.getFileName().toString().startsWith(".admix-")).findAny().get();
      }
    }
  }
}
