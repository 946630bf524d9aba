package io.admix.files;

import static io.admix.core.recipe.LinkMethod.COPY;
import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two planned names that are one in the target: the file that was made first stays, whatever made
 * it.
 */
public abstract class FoldedNamesContract {
  protected Path directory;
  protected Folder upper;
  protected Folder lower;
  protected Folder target;

  /** An empty folder on a file system where the target can be made. */
  protected abstract Path makeDirectory() throws Exception;

  protected abstract FileAccess access();

  /** The target as it is, or under a layer that folds names. */
  protected Folder folding(Folder real) {
    return real;
  }

  /** Whether names are listed as they were made. */
  protected boolean keepsNames() {
    return true;
  }

  @BeforeEach
  void makeFiles() throws Exception {
    directory = makeDirectory();
    upper = source("upper", "File.txt", "first one");
    lower = source("lower", "file.txt", "other one");
    Files.createDirectory(directory.resolve("target"));
    target = folding(access().open(directory.resolve("target")));
  }

  private Folder source(String folder, String name, String text) throws Exception {
    Path file = Files.createDirectory(directory.resolve(folder)).resolve(name);
    Files.writeString(file, text);
    // As files of one archive: neither size nor time tells them apart.
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));
    return access().open(directory.resolve(folder));
  }

  @AfterEach
  void closeFolders() {
    for (Folder folder : new Folder[] {upper, lower, target}) {
      if (folder != null) {
        folder.close();
      }
    }
  }

  private Outcome place(Placer placer, Folder source, String name) throws Exception {
    Stat stat = source.stat(name);
    Folder.Expected expected = new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs());
    String path = source.path() + "/" + name;
    return placer.place(source, name, path, expected, target, name);
  }

  private String held(String name) throws Exception {
    List<String> texts = new java.util.ArrayList<>();
    try (var files = Files.newDirectoryStream(directory.resolve("target"))) {
      for (Path file : files) {
        if (file.getFileName().toString().equalsIgnoreCase(name)) {
          texts.add(Files.readString(file));
        }
      }
    }
    return String.join(",", texts);
  }

  private void assertTheFirstStays(LinkMethod method) throws Exception {
    Placer placer = new Placer(List.of(method));
    assertThat(place(placer, upper, "File.txt")).isInstanceOf(Outcome.Placed.class);
    assertConflict(place(placer, lower, "file.txt"));
    assertThat(held("file.txt")).isEqualTo("first one");
    assertConflict(place(new Placer(List.of(method)), lower, "file.txt"));
    assertThat(held("file.txt")).isEqualTo("first one");
  }

  private static void assertConflict(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(FailureReason.CONFLICT);
  }

  @Test
  void aCopyIsNeverTakenForTheLeftoverOfAnotherName() throws Exception {
    assertTheFirstStays(COPY);
  }

  @Test
  void aHardLinkIsNeverTakenForTheLeftoverOfAnotherName() throws Exception {
    assertTheFirstStays(HARDLINK);
  }

  @Test
  void aSourceThatIsGone_takesNothingBackThatHasAnotherName() throws Exception {
    Placer placer = new Placer(List.of(COPY));
    assertThat(place(placer, upper, "File.txt")).isInstanceOf(Outcome.Placed.class);
    Stat stat = lower.stat("file.txt");
    Folder.Expected expected = new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs());
    Files.delete(directory.resolve("lower/file.txt"));
    Outcome outcome = placer.place(lower, "file.txt", "/x", expected, target, "file.txt");
    assertThat(((Outcome.Failed) outcome).reason())
        .isIn(FailureReason.SOURCE_MISSING, FailureReason.CONFLICT);
    assertThat(held("file.txt")).isEqualTo("first one");
  }

  @Test
  void aLeftoverIsMadeAgain_whereItCanBeToldUnderWhichNameItWasMade() throws Exception {
    Files.writeString(directory.resolve("target/File.txt"), "half");
    Outcome outcome = place(new Placer(List.of(COPY)), upper, "File.txt");
    if (keepsNames()) {
      assertThat(outcome).isInstanceOf(Outcome.Placed.class);
      assertThat(held("file.txt")).isEqualTo("first one");
    } else {
      assertConflict(outcome);
      assertThat(held("file.txt")).isEqualTo("half");
    }
    assertThat(directory.resolve("target").toFile().list()).hasSize(1);
  }
}
