package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.engine.FieldsException;
import io.admix.engine.dataset.FolderPicker.Listing;
import io.admix.engine.dataset.FolderPicker.SubFolder;
import io.admix.engine.run.Canary;
import io.admix.files.FileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of a service see of the folders that they may register. */
class FolderPickerTest {
  @TempDir Path temporary;
  private LooksLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new LooksLab(temporary, "allowed");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private FolderPicker picker(FileAccess access) {
    return FolderPicker.of(lab.catalog, access, lab.settings);
  }

  private Listing list(Path folder) throws FieldsException {
    return picker(FileAccess.best()).list(LooksLab.ALICE, folder.toString(), null);
  }

  private String refused(String folder) {
    FieldsException refused =
        catchThrowableOfType(
            FieldsException.class,
            () -> picker(FileAccess.best()).list(LooksLab.ALICE, folder, null));
    assertThat(refused).as(folder).isNotNull();
    assertThat(refused.fields()).hasSize(1);
    assertThat(refused.fields().getFirst().field()).isEqualTo("folder");
    return refused.fields().getFirst().problem();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void foldersAreListedInOrder_withTheirDatasets_linksAndOwnNamesLeftOut(boolean isPortable)
      throws Exception {
    FolderPicker picker = picker(isPortable ? FileAccess.portable() : FileAccess.best());
    lab.file("b/x/one.txt", "1");
    lab.file("a/one.txt", "1");
    lab.file("top.txt", "1");
    Files.createDirectories(lab.allowed.resolve(".admix-mine"));
    Files.createSymbolicLink(lab.allowed.resolve("link"), lab.allowed.resolve("a"));
    lab.registered(LooksLab.BOB, "b");

    assertThat(picker.roots()).containsExactly(lab.allowed);
    Listing listing = picker.list(LooksLab.BOB, lab.allowed.toString(), null);
    assertThat(listing.folders())
        .containsExactly(
            new SubFolder("a", lab.allowed.resolve("a"), null),
            new SubFolder("b", lab.allowed.resolve("b"), "b"));
    assertThat(listing.files()).isEqualTo(1);
    assertThat(listing.problem()).isNull();
    assertThat(listing.next()).isNull();
    assertThat(listing.way()).containsExactly(lab.allowed);
    Listing below = picker.list(LooksLab.BOB, lab.allowed.resolve("b/x") + "/", null);
    assertThat(below.way())
        .containsExactly(lab.allowed, lab.allowed.resolve("b"), lab.allowed.resolve("b/x"));
    assertThat(picker.list(LooksLab.BOB, lab.allowed.resolve("b").toString(), null).dataset())
        .isEqualTo("b");
    assertThat(picker.list(LooksLab.ALICE, lab.allowed.toString(), null).folders())
        .as("what is Bob's is not told to Alice")
        .allMatch(folder -> folder.dataset() == null);
  }

  @Test
  void whatLiesOutsideIsRefused_asWhatIsNotThere_byWhateverWayItIsNamed() throws Exception {
    Canary canary = Canary.in(lab.folder);
    Files.createDirectories(lab.allowed.resolve("sub"));
    Files.createSymbolicLink(lab.allowed.resolve("way"), canary.path());
    // Whatever lies elsewhere is not so much as touched, wherever it would lead.
    Files.createSymbolicLink(lab.folder.resolve("roundabout"), lab.allowed);
    String none = lab.allowed.resolve("none").toString();
    String words = refused(none).replace(none, "X");
    for (String folder :
        List.of(
            canary.path().toString(),
            "/",
            lab.allowed + "/..",
            lab.allowed + "/sub/../../outside",
            lab.folder + "/roundabout/sub",
            lab.allowed + "/way",
            lab.allowed + "/way/d00",
            lab.settings.server().dataRoot().toString(),
            lab.settings.home().toString())) {
      assertThat(refused(folder).replace(folder, "X")).isEqualTo(words);
    }
    assertThat(words).contains("admix.allowed-roots");
    assertThat(refused("a\0b")).contains("no path on this system").doesNotContain("\0");
    assertThat(refused("sub")).contains("no absolute path");
    assertThat(refused(lab.file("file", "x").toString())).contains("is no folder");
    assertThat(list(lab.allowed).folders()).extracting(SubFolder::name).containsExactly("sub");
    canary.assertUntouched();
  }

  @Test
  void aLinkInsideTheRootIsShownAsWhatItLeadsTo() throws Exception {
    lab.file("a/one.txt", "1");
    Files.createSymbolicLink(lab.allowed.resolve("link"), lab.allowed.resolve("a"));
    assertThat(list(lab.allowed.resolve("link")).folder()).isEqualTo(lab.allowed.resolve("a"));
  }

  @Test
  void manyFoldersComeInListings() throws Exception {
    for (int i = 0; i <= FolderPicker.FOLDERS_MOST; i++) {
      Files.createDirectory(lab.allowed.resolve("f%04d".formatted(i)));
    }
    Listing first = list(lab.allowed);
    assertThat(first.folders()).hasSize(FolderPicker.FOLDERS_MOST);
    assertThat(first.folders().getFirst().name()).isEqualTo("f0000");
    assertThat(first.next()).isEqualTo("f0499");
    Listing second =
        picker(FileAccess.best()).list(LooksLab.ALICE, lab.allowed.toString(), first.next());
    assertThat(second.folders()).extracting(SubFolder::name).containsExactly("f0500");
    assertThat(second.next()).isNull();
  }

  @Test
  void aRootThatHoldsTheServicesOwn_isShownWithoutIt_andCannotBeRegistered() throws Exception {
    lab.close();
    lab = new LooksLab(temporary, ".");
    Files.createDirectories(lab.folder.resolve("mine"));
    Listing listing = list(lab.folder);
    assertThat(listing.folders()).extracting(SubFolder::name).contains("mine");
    assertThat(listing.folders()).extracting(SubFolder::name).doesNotContain("home");
    assertThat(listing.problem()).isNotNull();
    assertThat(list(lab.folder.resolve("mine")).problem()).isNull();
    assertThat(refused(lab.folder.resolve("home").toString())).contains("is not there");
  }
}
