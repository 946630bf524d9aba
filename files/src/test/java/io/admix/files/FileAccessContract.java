package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.admix.files.Folder.Expected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every {@link FileAccess}. */
public abstract class FileAccessContract {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  @TempDir Path temporary;
  protected Path directory;
  protected Folder source;
  protected Folder target;
  private List<Snapshot> sourceBefore = List.of();

  /** The access under test. */
  protected abstract FileAccess access();

  /** Whether a file can be copied without a name until it is whole. */
  protected boolean leavesNoTemporary() {
    return false;
  }

  /** An empty folder for one test: by default on the file system of temporary files. */
  protected Path makeDirectory() throws IOException {
    return temporary;
  }

  @BeforeEach
  protected void openFolders() throws Exception {
    directory = makeDirectory();
    Files.createDirectory(directory.resolve("source"));
    Files.createDirectory(directory.resolve("target"));
    source = access().open(directory.resolve("source"));
    target = access().open(directory.resolve("target"));
  }

  /** Invariant: no test here changes the source's names, bytes, modes, times. */
  @AfterEach
  protected void sourceIsUntouched() throws Exception {
    if (!sourceBefore.isEmpty()) {
      assertThat(Snapshot.of(directory.resolve("source"))).isEqualTo(sourceBefore);
    }
    source.close();
    target.close();
  }

  protected Path sourceFile(String name, String text) throws IOException {
    Path file = directory.resolve("source").resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    sourceBefore = Snapshot.of(directory.resolve("source"));
    return file;
  }

  protected Expected expected(String name) throws Fault {
    Stat stat = source.stat(name);
    return new Expected(stat.inode(), stat.size(), stat.modifiedNs());
  }

  protected Path targetPath(String name) {
    return directory.resolve("target").resolve(name);
  }

  protected static void assertErrno(Errno errno, ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).as("a fault").isNotNull();
    assertThat(fault.errno()).as(fault.getMessage()).isEqualTo(errno);
  }

  @Test
  protected void stat_tellsWhatTheFileIs() throws Exception {
    Path file = sourceFile("a", "hello");
    Stat stat = source.stat("a");
    assertThat(stat.kind()).isEqualTo(Stat.Kind.REGULAR);
    assertThat(stat.size()).isEqualTo(5);
    assertThat(stat.modifiedNs())
        .isEqualTo(TimeUnit.SECONDS.toNanos(TIME.getEpochSecond()) + TIME.getNano());
    assertThat(stat.inode()).isEqualTo(((Number) Files.getAttribute(file, "unix:ino")).longValue());
    assertThat(stat.device())
        .isEqualTo(((Number) Files.getAttribute(file, "unix:dev")).longValue());
    assertThat(stat.owner()).isEqualTo(((Number) Files.getAttribute(file, "unix:uid")).longValue());
    assertThat(stat.mode()).isEqualTo(0651);
    assertThat(stat.links()).isEqualTo(1);
  }

  @Test
  protected void stat_doesNotFollowLinks_andNamesOtherKinds() throws Exception {
    target.symlink("nowhere", "dangling");
    target.makeFolder("sub");
    new ProcessBuilder("mkfifo", targetPath("pipe").toString()).start().waitFor();
    assertThat(target.stat("dangling").kind()).isEqualTo(Stat.Kind.SYMLINK);
    assertThat(target.readLink("dangling")).isEqualTo("nowhere");
    assertThat(target.stat("sub").kind()).isEqualTo(Stat.Kind.DIRECTORY);
    assertThat(target.stat("pipe").kind()).isEqualTo(Stat.Kind.OTHER);
    assertErrno(Errno.ENOENT, () -> target.stat("absent"));
  }

  @Test
  protected void head_readsTheBeginningOfARegularFile_andOfNothingElse() throws Exception {
    sourceFile("a", "hello");
    assertThat(source.head("a", 100)).asString().isEqualTo("hello");
    assertThat(source.head("a", 2)).asString().isEqualTo("he");
    byte[] large = new byte[600_000];
    new Random(1).nextBytes(large);
    Files.write(targetPath("large"), large);
    assertThat(target.head("large", 1_000_000)).isEqualTo(large);
    assertThat(target.head("large", 300_001)).isEqualTo(Arrays.copyOf(large, 300_001));
    target.symlink("large", "link");
    target.makeFolder("sub");
    new ProcessBuilder("mkfifo", targetPath("pipe").toString()).start().waitFor();
    assertErrno(Errno.ELOOP, () -> target.head("link", 1));
    assertErrno(Errno.EINVAL, () -> target.head("sub", 1));
    assertErrno(Errno.EINVAL, () -> target.head("pipe", 1));
    assertErrno(Errno.ENOENT, () -> target.head("absent", 1));
  }

  @Test
  protected void digest_isOfAllBytesOfARegularFile_andOfNothingElse() throws Exception {
    byte[] large = new byte[600_000];
    new Random(1).nextBytes(large);
    Files.write(targetPath("large"), large);
    Files.write(targetPath("empty"), new byte[0]);
    assertThat(target.digest("large")).isEqualTo(Digests.sha256().digest(large));
    assertThat(target.digest("empty")).isEqualTo(Digests.sha256().digest());
    target.symlink("large", "link");
    target.makeFolder("sub");
    assertErrno(Errno.ELOOP, () -> target.digest("link"));
    assertErrno(Errno.EINVAL, () -> target.digest("sub"));
    assertErrno(Errno.ENOENT, () -> target.digest("absent"));
    assertErrno(Errno.EINVAL, () -> target.digest("../a"));
  }

  @Test
  protected void link_makesASecondNameOfTheSameInode() throws Exception {
    sourceFile("a", "hello");
    target.link(source, "a", "b");
    assertThat(target.stat("b").isSameFile(source.stat("a"))).isTrue();
    assertThat(target.stat("b").links()).isEqualTo(2);
    assertThat(targetPath("b")).hasContent("hello");
  }

  @Test
  protected void link_ofASymlinkIsNotFollowed() throws Exception {
    Files.createSymbolicLink(directory.resolve("source/l"), Path.of("/etc/passwd"));
    target.link(source, "l", "l");
    assertThat(target.stat("l").kind()).isEqualTo(Stat.Kind.SYMLINK);
  }

  @Test
  protected void nothingReplacesAnExistingName() throws Exception {
    sourceFile("a", "hello");
    Files.writeString(targetPath("taken"), "mine");
    Expected expected = expected("a");
    assertErrno(Errno.EEXIST, () -> target.link(source, "a", "taken"));
    assertErrno(Errno.EEXIST, () -> target.symlink("/x", "taken"));
    assertErrno(Errno.EEXIST, () -> target.copy(source, "a", "taken", expected));
    assertErrno(Errno.EEXIST, () -> target.makeFolder("taken"));
    assertThat(targetPath("taken")).hasContent("mine");
    assertOnly("taken");
  }

  private void assertOnly(String... names) {
    assertThat(directory.resolve("target").toFile().list()).containsExactlyInAnyOrder(names);
  }

  @Test
  protected void badNamesAreRefusedByEveryOperation() throws Exception {
    sourceFile("a", "hello");
    Expected expected = expected("a");
    for (String bad : List.of("", ".", "..", "a/b", "/etc", "a\0b", "../source/a")) {
      assertErrno(Errno.EINVAL, () -> source.stat(bad));
      assertErrno(Errno.EINVAL, () -> source.readLink(bad));
      assertErrno(Errno.EINVAL, () -> source.head(bad, 1));
      assertErrno(Errno.EINVAL, () -> target.link(source, bad, "x"));
      assertErrno(Errno.EINVAL, () -> target.link(source, "a", bad));
      assertErrno(Errno.EINVAL, () -> target.symlink("/x", bad));
      assertErrno(Errno.EINVAL, () -> target.copy(source, bad, "x", expected));
      assertErrno(Errno.EINVAL, () -> target.copy(source, "a", bad, expected));
      assertErrno(Errno.EINVAL, () -> target.makeFolder(bad));
      assertErrno(Errno.EINVAL, () -> target.deleteFile(bad));
      assertErrno(Errno.EINVAL, () -> target.deleteFolder(bad));
      assertErrno(Errno.EINVAL, () -> target.rename(bad, target, "x"));
      assertErrno(Errno.EINVAL, () -> target.rename("x", target, bad));
    }
    assertOnly();
  }

  @Test
  protected void halfACharacterIsNoName() {
    assertErrno(Errno.EINVAL, () -> target.makeFolder("half\ud800"));
    assertErrno(Errno.EINVAL, () -> target.symlink("text\0text", "l"));
  }

  @Test
  protected void relativePathsLeaveNoRoot() throws Exception {
    target.makeFolder("sub");
    for (String bad :
        List.of("..", "sub/..", "sub/../..", "/etc", "sub//x", "sub/", "./sub", "a\0b")) {
      assertErrno(Errno.EINVAL, () -> target.open(bad).close());
    }
  }

  @Test
  protected void symlinkedSegmentsAreRefused() throws Exception {
    target.makeFolder("sub");
    Files.createDirectories(targetPath("sub/deep/deeper"));
    Files.createSymbolicLink(targetPath("link"), targetPath("sub"));
    Files.createSymbolicLink(targetPath("sub/inner"), Path.of("deep"));
    Files.writeString(targetPath("file"), "x");
    for (String bad :
        List.of("link", "link/deep", "sub/inner", "sub/inner/deeper", "file", "file/x")) {
      Fault fault = catchThrowableOfType(Fault.class, () -> target.open(bad).close());
      assertThat(fault).as(bad).isNotNull();
      assertThat(fault.errno()).as(bad).isIn(Errno.ELOOP, Errno.ENOTDIR);
    }
    try (Folder deep = target.open("sub/deep")) {
      assertThat(deep.stat("deeper").kind()).isEqualTo(Stat.Kind.DIRECTORY);
    }
    assertErrno(Errno.ENOENT, () -> target.open("sub/absent").close());
  }

  @Test
  protected void open_followsLinksAboveTheRootOnly_andRefusesFiles() throws Exception {
    Files.createSymbolicLink(directory.resolve("way"), directory.resolve("target"));
    try (Folder folder = access().open(directory.resolve("way"))) {
      assertThat(folder.stat().isSameFile(target.stat())).isTrue();
    }
    Files.writeString(targetPath("file"), "x");
    assertErrno(Errno.ENOTDIR, () -> access().open(targetPath("file")).close());
    assertErrno(Errno.ENOENT, () -> access().open(targetPath("absent")).close());
    assertErrno(Errno.EINVAL, () -> access().open(Path.of("relative")).close());
  }

  @Test
  protected void open_ofTheEmptyPathIsTheSameFolder() throws Exception {
    try (Folder again = target.open("")) {
      assertThat(again.stat().isSameFile(target.stat())).isTrue();
      assertThat(again.mountId()).isEqualTo(target.mountId());
    }
  }

  @Test
  protected void copy_keepsBytesModeAndTimes() throws Exception {
    byte[] bytes = new byte[700_001];
    long seed = new Random().nextLong();
    new Random(seed).nextBytes(bytes);
    Path file = directory.resolve("source/big");
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x-w---x"));
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    target.copy(source, "big", "copy", expected("big"));
    assertThat(Files.readAllBytes(targetPath("copy"))).as("seed " + seed).isEqualTo(bytes);
    Stat stat = target.stat("copy");
    assertThat(stat.mode()).isEqualTo(0521);
    assertThat(stat.modifiedNs()).isEqualTo(source.stat("big").modifiedNs());
    assertThat(stat.links()).isEqualTo(1);
    assertThat(stat.isSameFile(source.stat("big"))).isFalse();
    assertOnly("copy");
  }

  @Test
  protected void copy_ofAnEmptyFile() throws Exception {
    sourceFile("empty", "");
    target.copy(source, "empty", "copy", expected("empty"));
    assertThat(target.stat("copy").size()).isZero();
    assertThat(target.stat("copy").modifiedNs()).isEqualTo(source.stat("empty").modifiedNs());
  }

  @Test
  protected void copy_dropsSetuid() throws Exception {
    Path file = sourceFile("tool", "#!");
    Files.setAttribute(file, "unix:mode", 04755);
    sourceBefore = Snapshot.of(directory.resolve("source"));
    target.copy(source, "tool", "tool", expected("tool"));
    assertThat(target.stat("tool").mode()).isEqualTo(0755);
  }

  @Test
  protected void copy_refusesAChangedSource_andLeavesNothing() throws Exception {
    sourceFile("a", "hello");
    Expected right = expected("a");
    List<Expected> wrong =
        List.of(
            new Expected(right.inode() + 1, right.size(), right.modifiedNs()),
            new Expected(right.inode(), right.size() + 1, right.modifiedNs()),
            new Expected(right.inode(), right.size(), right.modifiedNs() + 1));
    for (Expected expected : wrong) {
      assertThatThrownBy(() -> target.copy(source, "a", "b", expected))
          .isInstanceOf(SourceChangedException.class);
    }
    assertOnly();
  }

  @Test
  protected void copy_ofSymlinkOrFolderIsRefused_andLeavesNothing() throws Exception {
    Path file = sourceFile("a", "hello");
    Expected expected = expected("a");
    Files.createSymbolicLink(directory.resolve("source/l"), file);
    Files.createDirectory(directory.resolve("source/d"));
    sourceBefore = Snapshot.of(directory.resolve("source"));
    for (String wrong : List.of("l", "d")) {
      assertThatThrownBy(() -> target.copy(source, wrong, "b", expected))
          .isInstanceOfAny(Fault.class, SourceChangedException.class);
    }
    assertErrno(Errno.ENOENT, () -> target.copy(source, "absent", "b", expected));
    assertOnly();
  }

  @Test
  protected void copy_isNeverVisibleBeforeItIsWhole() throws Exception {
    int size = 8 << 20;
    Files.write(directory.resolve("source/big"), new byte[size]);
    Expected expected = expected("big");
    CountDownLatch watching = new CountDownLatch(1);
    AtomicInteger partial = new AtomicInteger();
    AtomicInteger temporaries = new AtomicInteger();
    Thread watcher = Thread.ofPlatform().start(() -> watch(watching, partial, temporaries, size));
    watching.await();
    for (int i = 0; i < 20; i++) {
      target.copy(source, "big", "copy" + i, expected);
    }
    Files.createFile(targetPath("end"));
    watcher.join();
    assertThat(partial).hasValue(0);
    if (leavesNoTemporary()) {
      assertThat(temporaries).hasValue(0);
    }
  }

  private void watch(
      CountDownLatch watching, AtomicInteger partial, AtomicInteger temporaries, int size) {
    watching.countDown();
    while (!Files.exists(targetPath("end"))) {
      for (String name : directory.resolve("target").toFile().list()) {
        if (Temporaries.isTemporary(name)) {
          temporaries.incrementAndGet();
        } else if (name.startsWith("copy") && targetPath(name).toFile().length() != size) {
          partial.incrementAndGet();
        }
      }
    }
  }

  @Test
  protected void reflink_isWholeOrRefusedByName() throws Exception {
    sourceFile("a", "hello");
    Expected expected = expected("a");
    try {
      target.reflink(source, "a", "b", expected);
      assertThat(targetPath("b")).hasContent("hello");
      assertThat(target.stat("b").modifiedNs()).isEqualTo(expected.modifiedNs());
    } catch (Fault e) {
      assertThat(e.errno()).isIn(Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENOSYS, Errno.EINVAL);
      assertOnly();
    }
  }

  @Test
  protected void sourceAttributesAreUntouched() throws Exception {
    Path file = sourceFile("a", "hello");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    assumeThat(view).as("extended attributes").isNotNull();
    view.write("note", StandardCharsets.UTF_8.encode("kept"));
    sourceBefore = Snapshot.of(directory.resolve("source"));
    target.link(source, "a", "linked");
    target.copy(source, "a", "copied", expected("a"));
    target.symlink(file.toString(), "symlinked");
    assertThat(view.list()).containsExactly("note");
    assertThat(view.size("note")).isEqualTo(4);
  }

  @Test
  protected void rename_neverReplaces() throws Exception {
    target.makeFolder("staging");
    Files.writeString(targetPath("staging/f"), "x");
    Files.writeString(targetPath("file"), "mine");
    target.makeFolder("full");
    Files.writeString(targetPath("full/g"), "y");
    target.makeFolder("empty");
    for (String taken : List.of("file", "full", "empty")) {
      Fault fault =
          catchThrowableOfType(Fault.class, () -> target.rename("staging", target, taken));
      assertThat(fault).as(taken).isNotNull();
      assertThat(fault.errno()).as(taken).isIn(Errno.EEXIST, Errno.ENOTEMPTY);
    }
    assertErrno(Errno.EEXIST, () -> target.rename("file", target, "full"));
    target.rename("staging", target, "final");
    target.rename("file", target, "file2");
    assertThat(targetPath("final/f")).hasContent("x");
    assertThat(targetPath("file2")).hasContent("mine");
    assertOnly("final", "file2", "full", "empty");
    assertErrno(Errno.ENOENT, () -> target.rename("absent", target, "z"));
  }

  @Test
  protected void delete_tellsFilesFromFolders() throws Exception {
    target.makeFolder("d");
    Files.writeString(targetPath("f"), "x");
    Files.writeString(targetPath("d/inside"), "x");
    assertErrno(Errno.EISDIR, () -> target.deleteFile("d"));
    assertErrno(Errno.ENOTDIR, () -> target.deleteFolder("f"));
    assertErrno(Errno.ENOTEMPTY, () -> target.deleteFolder("d"));
    Files.delete(targetPath("d/inside"));
    target.deleteFolder("d");
    target.deleteFile("f");
    assertErrno(Errno.ENOENT, () -> target.deleteFile("f"));
    assertOnly();
  }

  @Test
  protected void link_betweenFileSystemsIsExdev() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).exists();
    assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(directory));
    sourceFile("a", "hello");
    Path there = Files.createTempDirectory(memory, "admix-test");
    try (Folder other = access().open(there)) {
      assertThat(other.mountId()).isNotEqualTo(source.mountId());
      assertErrno(Errno.EXDEV, () -> other.link(source, "a", "b"));
      other.copy(source, "a", "copy", expected("a"));
      assertThat(there.resolve("copy")).hasContent("hello");
      other.deleteFile("copy");
    } finally {
      Files.delete(there);
    }
  }

  @Test
  protected void namesOfEveryKindWork() throws Exception {
    List<String> names =
        List.of(
            "ä",
            "日本",
            "🦊.java",
            "with space",
            "new\nline",
            "-dash",
            "*?[x]",
            "\\back",
            "n".repeat(255),
            "é".repeat(127));
    for (String name : names) {
      sourceFile(name, name);
      target.link(source, name, name);
      target.rename(name, target, "moved");
      target.copy(source, name, name, expected(name));
      target.deleteFile("moved");
      assertThat(target.stat(name).size()).isEqualTo(name.getBytes(StandardCharsets.UTF_8).length);
    }
    assertThat(list(source)).containsExactlyInAnyOrderElementsOf(names);
    assertErrno(Errno.ENAMETOOLONG, () -> target.makeFolder("n".repeat(256)));
    assertErrno(Errno.ENAMETOOLONG, () -> target.makeFolder("n".repeat(5_000)));
  }

  protected static List<String> list(Folder folder) throws Fault {
    List<String> names = new ArrayList<>();
    folder.list((name, kind) -> names.add(name));
    return names;
  }

  @Test
  protected void list_givesNullForNamesThatAreNoUtf8() throws Exception {
    Files.writeString(targetPath("good"), "x");
    Files.writeString(targetPath("replacement\ufffd"), "x");
    String script = "cd \"$1\" && : > \"$(printf 'bad\\377')\" && : > \"$(printf 'half\\303')\"";
    int exit =
        new ProcessBuilder("sh", "-c", script, "sh", directory.resolve("target").toString())
            .start()
            .waitFor();
    assertThat(exit).isZero();
    assertThat(list(target)).containsExactlyInAnyOrder("good", "replacement\ufffd", null, null);
  }

  @Test
  protected void list_ofTenThousandEntries_andTwiceAtATime() throws Exception {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String name = "a-rather-long-name-of-a-file-" + i;
      Files.createFile(targetPath(name));
      names.add(name);
    }
    List<String> outer = new ArrayList<>();
    int[] inner = new int[1];
    target.list((name, kind) -> {
      if (outer.size() == 5_000) {
        target.list((n, k) -> inner[0]++);
      }
      outer.add(name);
    });
    assertThat(outer).hasSize(10_000);
    assertThat(new HashSet<>(outer)).isEqualTo(names);
    assertThat(inner[0]).isEqualTo(10_000);
  }

  @Test
  protected void list_throwsWhatTheVisitorThrows() throws Exception {
    Files.writeString(targetPath("a"), "x");
    assertErrno(
        Errno.EDQUOT,
        () ->
            target.list((name, kind) -> {
              throw new Fault("visit", Errno.EDQUOT, "a", "enough");
            }));
  }

  @Test
  protected void aClosedFolderAnswersEbadf() throws Exception {
    sourceFile("a", "x");
    Folder folder = access().open(directory.resolve("target"));
    folder.close();
    folder.close();
    assertErrno(Errno.EBADF, folder::stat);
    assertErrno(Errno.EBADF, () -> folder.stat("a"));
    assertErrno(Errno.EBADF, () -> folder.open("a"));
    assertErrno(Errno.EBADF, () -> folder.list((name, kind) -> {}));
    assertErrno(Errno.EBADF, () -> folder.link(source, "a", "a"));
    assertErrno(Errno.EBADF, () -> target.link(folder, "a", "a"));
    assertErrno(Errno.EBADF, folder::syncVolume);
    assertErrno(Errno.EBADF, folder::volume);
  }

  @Test
  protected void anOpenFolderSurvivesARename_whereHandlesAreSafe() throws Exception {
    assumeThat(access().isSwapSafe()).as("handles stay on their folder").isTrue();
    sourceFile("a", "hello");
    target.makeFolder("before");
    try (Folder folder = target.open("before")) {
      target.rename("before", target, "after");
      Files.createSymbolicLink(targetPath("before"), directory.resolve("source"));
      folder.link(source, "a", "b");
    }
    assertThat(targetPath("after/b")).hasContent("hello");
  }

  @Test
  protected void syncing_andVolume() throws Exception {
    Files.writeString(targetPath("a"), "x");
    target.sync();
    target.syncVolume();
    Volume volume = access().volume(target);
    assertThat(volume.type()).isEqualTo(Files.getFileStore(directory).type());
    assertThat(volume.bytesFree()).isPositive();
    assertThat(volume.isReadOnly()).isFalse();
    assertThat(volume.isNetwork()).isFalse();
  }

  @Test
  protected void temporariesOfAKilledRunAreRemoved() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.writeString(targetPath(Temporaries.newName()), "x");
    }
    Files.writeString(targetPath("kept"), "x");
    assertThat(Temporaries.removeFrom(target)).isEqualTo(3);
    assertOnly("kept");
  }

  /** What must not change of a source file. */
  private record Snapshot(
      String name, int mode, int owner, FileTime modified, long inode, String bytes) {
    static List<Snapshot> of(Path folder) throws IOException {
      List<Snapshot> all = new ArrayList<>();
      try (var files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            all.add(of(file, Files.readAllBytes(file)));
          }
        }
      }
      all.sort((a, b) -> a.name.compareTo(b.name));
      return all;
    }

    private static Snapshot of(Path file, byte[] bytes) throws IOException {
      return new Snapshot(
          file.getFileName().toString(),
          (int) Files.getAttribute(file, "unix:mode"),
          (int) Files.getAttribute(file, "unix:uid"),
          Files.getLastModifiedTime(file),
          ((Number) Files.getAttribute(file, "unix:ino")).longValue(),
          bytes.length + ":" + Arrays.hashCode(bytes));
    }
  }
}
