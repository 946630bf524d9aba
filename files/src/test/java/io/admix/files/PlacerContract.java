package io.admix.files;

import static io.admix.core.recipe.LinkMethod.COPY;
import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static io.admix.core.recipe.LinkMethod.REFLINK;
import static io.admix.core.recipe.LinkMethod.SYMLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Folder.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link Placer} does with real files, whatever the access. */
public abstract class PlacerContract {
  @TempDir Path temporary;
  protected Path directory;
  private Folder source;
  private Folder target;

  /** The access that the folders come from. */
  protected abstract FileAccess access();

  /** An empty folder for one test: by default on the file system of temporary files. */
  protected Path makeDirectory() throws IOException {
    return temporary;
  }

  @BeforeEach
  protected void openFolders() throws Exception {
    directory = makeDirectory();
    Files.createDirectory(directory.resolve("source"));
    Files.createDirectory(directory.resolve("target"));
    Files.writeString(sourcePath("a"), "hello");
    source = access().open(directory.resolve("source"));
    target = access().open(directory.resolve("target"));
  }

  @AfterEach
  protected void closeFolders() {
    source.close();
    target.close();
  }

  private Path sourcePath(String name) {
    return directory.resolve("source").resolve(name);
  }

  private Path targetPath(String name) {
    return directory.resolve("target").resolve(name);
  }

  private Expected seen(String name) throws Fault {
    Stat stat = source.stat(name);
    return new Expected(stat.inode(), stat.size(), stat.modifiedNs());
  }

  private Outcome place(String name, Expected expected, LinkMethod... order)
      throws PlacingStoppedException {
    return new Placer(List.of(order))
        .place(source, name, sourcePath(name).toString(), expected, target, name);
  }

  private void assertPlaced(LinkMethod method, Outcome outcome) throws Fault {
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    Outcome.Placed placed = (Outcome.Placed) outcome;
    assertThat(placed.method()).isEqualTo(method);
    assertThat(placed.stat()).isEqualTo(target.stat("a"));
  }

  private static void assertFailed(FailureReason reason, Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).reason()).as(outcome.toString()).isEqualTo(reason);
  }

  private void assertTargetEmpty() {
    assertThat(directory.resolve("target").toFile().list()).isEmpty();
  }

  @Test
  protected void eachMethodPlaces_andIsToldTruly() throws Exception {
    assertPlaced(HARDLINK, place("a", seen("a"), HARDLINK, SYMLINK, COPY));
    assertThat(target.stat("a").isSameFile(source.stat("a"))).isTrue();
    target.deleteFile("a");
    assertPlaced(SYMLINK, place("a", seen("a"), SYMLINK));
    assertThat(target.readLink("a")).isEqualTo(sourcePath("a").toString());
    target.deleteFile("a");
    assertPlaced(COPY, place("a", seen("a"), COPY));
    assertThat(target.stat("a").links()).isEqualTo(1);
    assertThat(targetPath("a")).hasContent("hello");
  }

  @Test
  protected void reflinkFallsBackByName() throws Exception {
    Outcome outcome = place("a", seen("a"), REFLINK, COPY);
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    assertThat(((Outcome.Placed) outcome).method()).isIn(REFLINK, COPY);
    assertThat(targetPath("a")).hasContent("hello");
  }

  @Test
  protected void betweenMountsTheNextMethodIsTaken_andTheFirstIsOff() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).exists();
    assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(directory));
    Path there = Files.createTempDirectory(memory, "admix-test");
    try (Folder other = access().open(there)) {
      Placer placer = new Placer(List.of(HARDLINK, COPY));
      Outcome outcome =
          placer.place(source, "a", sourcePath("a").toString(), seen("a"), other, "a");
      assertThat(((Outcome.Placed) outcome).method()).isEqualTo(COPY);
      Outcome only = new Placer(List.of(HARDLINK)).place(source, "a", "/x", seen("a"), other, "b");
      assertFailed(FailureReason.NO_METHOD, only);
      assertThat(((Outcome.Failed) only).detail()).contains("hardlink").contains("EXDEV");
      assertThat(MethodForecast.forecast(source, other, List.of(HARDLINK))).isEmpty();
      assertThat(MethodForecast.forecast(source, other, List.of(HARDLINK, REFLINK, SYMLINK, COPY)))
          .contains(SYMLINK);
      assertThat(MethodForecast.forecast(source, other, List.of(HARDLINK, COPY))).contains(COPY);
      other.deleteFile("a");
    } finally {
      Files.delete(there);
    }
  }

  @Test
  protected void forecastWithinOneFolderSystemIsTheHardLink() throws Exception {
    assertThat(MethodForecast.forecast(source, target, LinkMethod.DEFAULT_ORDER))
        .contains(HARDLINK);
    assertThat(MethodForecast.forecast(source, target, List.of(COPY, HARDLINK))).contains(COPY);
    assertTargetEmpty();
  }

  @Test
  protected void aMissingSource() throws Exception {
    Expected expected = seen("a");
    Files.delete(sourcePath("a"));
    for (LinkMethod method : List.of(HARDLINK, SYMLINK, COPY)) {
      assertFailed(FailureReason.SOURCE_MISSING, place("a", expected, method));
    }
    assertTargetEmpty();
  }

  @Test
  protected void aChangedSourceLeavesNothing() throws Exception {
    Expected expected = seen("a");
    Files.writeString(sourcePath("a"), "hello, changed");
    for (LinkMethod method : List.of(HARDLINK, SYMLINK, COPY)) {
      assertFailed(FailureReason.SOURCE_CHANGED, place("a", expected, method, COPY));
    }
    assertTargetEmpty();
    assertThat(sourcePath("a")).hasContent("hello, changed");
  }

  @Test
  protected void aTouchedSourceIsChanged() throws Exception {
    Expected expected = seen("a");
    Files.setLastModifiedTime(sourcePath("a"), FileTime.fromMillis(1_000));
    assertFailed(FailureReason.SOURCE_CHANGED, place("a", expected, HARDLINK));
    assertTargetEmpty();
  }

  @Test
  protected void aSourceReplacedByALink_isNotFollowed() throws Exception {
    Expected expected = seen("a");
    Files.move(sourcePath("a"), sourcePath("moved"));
    Files.createSymbolicLink(sourcePath("a"), Path.of("moved"));
    assertFailed(FailureReason.SOURCE_CHANGED, place("a", expected, HARDLINK));
    assertFailed(FailureReason.SOURCE_CHANGED, place("a", expected, SYMLINK));
    assertThat(place("a", expected, COPY)).isInstanceOf(Outcome.Failed.class);
    assertTargetEmpty();
    assertThat(source.readLink("a")).isEqualTo("moved");
  }

  @Test
  protected void aSourceThatThePlanDidNotSeeIsNeverPlaced() throws Exception {
    assertFailed(FailureReason.SOURCE_CHANGED, place("a", new Expected(0, 0, 0), HARDLINK));
    assertFailed(FailureReason.SOURCE_MISSING, place("b", new Expected(0, 0, 0), HARDLINK));
    assertTargetEmpty();
  }

  @Test
  protected void unsafeNamesAreRefused() throws Exception {
    Expected expected = seen("a");
    Placer placer = new Placer(LinkMethod.DEFAULT_ORDER);
    assertFailed(
        FailureReason.UNSAFE_PATH,
        placer.place(source, "../source/a", "/x", expected, target, "a"));
    assertFailed(
        FailureReason.UNSAFE_PATH, placer.place(source, "a", "/x", expected, target, "../a"));
    assertTargetEmpty();
    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  protected void resume_aLinkOfTheRightInodeIsDone() throws Exception {
    target.link(source, "a", "a");
    assertPlaced(HARDLINK, place("a", seen("a"), HARDLINK, COPY));
    assertPlaced(HARDLINK, place("a", seen("a"), SYMLINK, HARDLINK));
    assertThat(target.stat("a").links()).isEqualTo(2);
  }

  @Test
  protected void resume_aSymlinkWithTheSameTextIsDone() throws Exception {
    target.symlink(sourcePath("a").toString(), "a");
    assertPlaced(SYMLINK, place("a", seen("a"), HARDLINK, SYMLINK));
    assertFailed(FailureReason.CONFLICT, place("a", seen("a"), HARDLINK));
    target.deleteFile("a");
    target.symlink("/elsewhere", "a");
    assertFailed(FailureReason.CONFLICT, place("a", seen("a"), HARDLINK, SYMLINK, COPY));
    assertThat(target.readLink("a")).isEqualTo("/elsewhere");
  }

  @Test
  protected void resume_anUnreceiptedCopyIsMadeAgain() throws Exception {
    for (LinkMethod method : List.of(HARDLINK, SYMLINK, COPY)) {
      Files.writeString(targetPath("a"), "half");
      assertPlaced(method, place("a", seen("a"), method));
      target.deleteFile("a");
    }
  }

  @Test
  protected void resume_aLinkToASourceThatChangedSinceIsTakenBack() throws Exception {
    Expected expected = seen("a");
    target.link(source, "a", "a");
    Files.writeString(sourcePath("a"), "hello, changed in place");
    assertFailed(FailureReason.SOURCE_CHANGED, place("a", expected, HARDLINK));
    assertTargetEmpty();
    assertThat(sourcePath("a")).hasContent("hello, changed in place");
  }

  @Test
  protected void resume_aLinkToASourceThatWasReplacedIsTakenBack() throws Exception {
    Expected expected = seen("a");
    target.link(source, "a", "a");
    Files.createLink(directory.resolve("third-name"), sourcePath("a"));
    Files.delete(sourcePath("a"));
    assertFailed(FailureReason.SOURCE_MISSING, place("a", expected, HARDLINK));
    assertTargetEmpty();
    assertThat(directory.resolve("third-name")).hasContent("hello");
  }

  @Test
  protected void aForeignEntryIsAConflictAndStays() throws Exception {
    Files.writeString(directory.resolve("foreign"), "foreign");
    Files.createLink(targetPath("a"), directory.resolve("foreign"));
    for (LinkMethod method : List.of(HARDLINK, SYMLINK, COPY)) {
      assertFailed(FailureReason.CONFLICT, place("a", seen("a"), method, COPY));
    }
    assertThat(targetPath("a")).hasContent("foreign");
    Files.delete(targetPath("a"));
    target.makeFolder("a");
    assertFailed(FailureReason.CONFLICT, place("a", seen("a"), HARDLINK, COPY));
    assertThat(target.stat("a").kind()).isEqualTo(Stat.Kind.DIRECTORY);
  }

  @Test
  protected void aSourceWithoutMoreLinksIsCopied_andOthersAreStillLinked() throws Exception {
    // ext4 ends at 65,000, btrfs and xfs elsewhere: only there the limit is reached quickly enough.
    assumeThat(target.volume().type()).isIn("ext4", "ext2/ext3");
    Files.createDirectory(directory.resolve("many"));
    try (Folder many = access().open(directory.resolve("many"))) {
      fill(many);
    }
    Placer placer = new Placer(List.of(HARDLINK, COPY));
    for (String name : List.of("x", "y")) {
      Outcome outcome = placer.place(source, "a", "/x", seen("a"), target, name);
      assertThat(((Outcome.Placed) outcome).method()).isEqualTo(COPY);
    }
    Files.writeString(sourcePath("b"), "b");
    Outcome other = placer.place(source, "b", "/x", seen("b"), target, "b");
    assertThat(((Outcome.Placed) other).method()).isEqualTo(HARDLINK);
  }

  private void fill(Folder many) throws Fault {
    for (int i = 0; i < 70_000; i++) {
      try {
        many.link(source, "a", Integer.toString(i));
      } catch (Fault e) {
        assertThat(e.errno()).isEqualTo(Errno.EMLINK);
        return;
      }
    }
    throw new AssertionError("70,000 links were made");
  }

  private Outcome placeAmongOthers(String name, LinkMethod... order) throws Exception {
    return Placer.amongOthers(List.of(order), () -> {})
        .place(source, name, sourcePath(name).toString(), seen(name), target, name);
  }

  @Test
  protected void amongOthers_theCopyOfAnotherIsTakenOver() throws Exception {
    assertPlaced(COPY, place("a", seen("a"), COPY));
    Stat made = target.stat("a");
    assertPlaced(COPY, placeAmongOthers("a", COPY));
    assertThat(target.stat("a")).as("not made again").isEqualTo(made);
    assertPlaced(COPY, placeAmongOthers("a", HARDLINK, COPY));
    assertThat(target.stat("a")).as("nor linked").isEqualTo(made);
    assertThat(directory.resolve("target").toFile().list()).containsExactly("a");
  }

  @Test
  protected void amongOthers_aLinkOfAnotherIsTakenOver() throws Exception {
    assertPlaced(HARDLINK, place("a", seen("a"), HARDLINK));
    assertPlaced(HARDLINK, placeAmongOthers("a", HARDLINK, COPY));
    target.deleteFile("a");
    assertPlaced(SYMLINK, place("a", seen("a"), SYMLINK));
    assertPlaced(SYMLINK, placeAmongOthers("a", SYMLINK, COPY));
  }

  @Test
  protected void amongOthers_whatLostItsBytesIsMadeAgain() throws Exception {
    Files.writeString(targetPath("a"), "hell\0");
    assertPlaced(COPY, placeAmongOthers("a", COPY));
    assertThat(targetPath("a")).hasContent("hello");
    Files.writeString(targetPath("a"), "he");
    assertPlaced(HARDLINK, placeAmongOthers("a", HARDLINK, COPY));
    assertThat(target.stat("a").isSameFile(source.stat("a"))).isTrue();
  }

  @Test
  protected void amongOthers_aCopyThatHasItsTemporaryNameStillIsTakenOver() throws Exception {
    assertPlaced(COPY, place("a", seen("a"), COPY));
    Files.createLink(targetPath(Temporaries.newName()), targetPath("a"));
    Stat made = target.stat("a");
    assertPlaced(COPY, placeAmongOthers("a", COPY));
    assertThat(target.stat("a")).isEqualTo(made);
  }

  @Test
  protected void amongOthers_whatHasAnotherNameOfSomebodyStays() throws Exception {
    assertPlaced(COPY, place("a", seen("a"), COPY));
    Files.createLink(targetPath("of somebody"), targetPath("a"));
    assertFailed(FailureReason.CONFLICT, placeAmongOthers("a", COPY));
    assertThat(targetPath("a")).exists();
  }

  @Test
  protected void amongOthers_allWhoPlaceAtOnceEndWithOneFile() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    Files.write(sourcePath("a"), bytes);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 20; round++) {
        Callable<Outcome> attempt = () -> placeAmongOthers("a", COPY);
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> each : threads.invokeAll(Collections.nCopies(4, attempt))) {
          outcomes.add(each.get());
        }
        for (Outcome outcome : outcomes) {
          assertPlaced(COPY, outcome);
        }
        assertThat(targetPath("a")).hasBinaryContent(bytes);
        assertThat(directory.resolve("target").toFile().list()).containsExactly("a");
        target.deleteFile("a");
      }
    }
  }
}
