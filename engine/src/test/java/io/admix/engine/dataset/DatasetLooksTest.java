package io.admix.engine.dataset;

import static io.admix.engine.dataset.LooksLab.ALICE;
import static io.admix.engine.dataset.LooksLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;
import io.admix.catalog.FilePage;
import io.admix.engine.NotThereException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.run.Canary;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into datasets: what is shown of files, and that nothing else is. */
class DatasetLooksTest {
  private static final byte[] PNG =
      "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path temporary;
  private LooksLab lab;
  private DatasetLooks looks;

  @BeforeEach
  void open() throws Exception {
    lab = new LooksLab(temporary, "allowed");
    looks =
        DatasetLooks.of(
            lab.catalog,
            lab.shared,
            FileAccess.best(),
            new LazyStore(lab.settings.s3().store()),
            lab.settings);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private String id(Dataset dataset, String path) throws Exception {
    return looks.files(ALICE, dataset.id(), path, null, 10).items().stream()
        .filter(file -> file.path().equals(path))
        .map(DatasetFile::id)
        .findFirst()
        .orElseThrow();
  }

  private Preview preview(Dataset dataset, String path) throws Exception {
    return looks.preview(ALICE, dataset.id(), id(dataset, path));
  }

  @Test
  void eachKindOfFileIsShownAsWhatItIs_notAsItIsNamed() throws Exception {
    lab.file("d/text.png", "grüße");
    lab.file("d/script.svg", "<svg onload='alert(1)'/>");
    lab.file("d/image.txt", PNG);
    lab.file("d/empty.txt", "");
    lab.file("d/binary.txt", new byte[] {(byte) 0xc3, 0x28});
    lab.file("d/nul.txt", "a\0b");
    lab.file("d/large.png", Arrays.copyOf(PNG, DatasetLooks.IMAGE_BYTES_MOST + 1));
    lab.file("d/long.txt", "x" + "ü".repeat(DatasetLooks.TEXT_BYTES_MOST));
    lab.file("d/full.txt", "x".repeat(DatasetLooks.TEXT_BYTES_MOST));
    Dataset dataset = lab.registered(ALICE, "d");

    assertThat(preview(dataset, "text.png").kind()).isEqualTo(Preview.Kind.TEXT);
    assertThat(preview(dataset, "text.png").text()).isEqualTo("grüße");
    assertThat(preview(dataset, "script.svg").kind()).isEqualTo(Preview.Kind.TEXT);
    assertThat(preview(dataset, "image.txt").kind()).isEqualTo(Preview.Kind.IMAGE);
    assertThat(preview(dataset, "empty.txt").kind()).isEqualTo(Preview.Kind.EMPTY);
    assertThat(preview(dataset, "binary.txt").kind()).isEqualTo(Preview.Kind.BINARY);
    assertThat(preview(dataset, "nul.txt").kind()).isEqualTo(Preview.Kind.BINARY);
    assertThat(preview(dataset, "large.png").kind()).isEqualTo(Preview.Kind.LARGE_IMAGE);
    Preview cut = preview(dataset, "long.txt");
    assertThat(cut.isCut()).isTrue();
    assertThat(cut.text()).isEqualTo("x" + "ü".repeat(DatasetLooks.TEXT_BYTES_MOST / 2 - 1));
    assertThat(preview(dataset, "full.txt").isCut()).isFalse();
    DatasetLooks.Image image = looks.image(ALICE, dataset.id(), id(dataset, "image.txt"));
    assertThat(image.mediaType()).isEqualTo("image/png");
    assertThat(image.bytes()).isEqualTo(PNG);
    for (String path : new String[] {"script.svg", "large.png", "empty.txt"}) {
      assertThatThrownBy(() -> looks.image(ALICE, dataset.id(), id(dataset, path)))
          .isInstanceOf(NotThereException.class);
    }
  }

  @Test
  void rasterImagesAreToldByTheirFirstBytes() {
    assertThat(RasterType.of(latin("\u00ff\u00d8\u00ff\u00e0"))).contains("image/jpeg");
    assertThat(RasterType.of(latin("GIF89a"))).contains("image/gif");
    assertThat(RasterType.of(latin("RIFF\1\2\3\4WEBPVP8 "))).contains("image/webp");
    assertThat(RasterType.of(latin("BM\1\2\3\4\0\0\0\0\66\0\0\0\50\0\0\0"))).contains("image/bmp");
    assertThat(RasterType.of(latin("BMW is a maker of cars"))).isEmpty();
    assertThat(RasterType.of(latin("RIFF\1\2\3\4WAVEfmt "))).isEmpty();
    assertThat(RasterType.of(new byte[0])).isEmpty();
  }

  private static byte[] latin(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatBecameALink_isFollowedBelowTheRootsOnly() throws Exception {
    Canary canary = Canary.in(lab.folder);
    lab.file("d/sub/file.txt", "mine");
    lab.file("d/other.txt", "other");
    Path file = lab.file("d/way.txt", "was here");
    lab.file("elsewhere/far.txt", "far");
    Dataset dataset = lab.registered(ALICE, "d");
    String fileId = id(dataset, "way.txt");
    exchange(file, canary.file("secret.txt"));
    assertThat(preview(dataset, "way.txt").kind()).isEqualTo(Preview.Kind.NOT_READABLE);
    assertThatThrownBy(() -> looks.image(ALICE, dataset.id(), fileId))
        .isInstanceOf(NotThereException.class);
    exchange(file, lab.allowed.resolve("elsewhere/far.txt"));
    assertThat(preview(dataset, "way.txt").text()).isEqualTo("far");
    exchange(file, lab.settings.home().resolve("admix.db"));
    assertThat(preview(dataset, "way.txt").kind()).isEqualTo(Preview.Kind.NOT_READABLE);
    exchange(file, lab.folder.resolve("nowhere"));
    assertThat(preview(dataset, "way.txt").kind()).isEqualTo(Preview.Kind.NOT_READABLE);

    Path sub = lab.allowed.resolve("d/sub");
    Sources.change(
        sub,
        () -> {
          Files.move(sub, lab.folder.resolve("moved"));
          Files.createSymbolicLink(sub, canary.path());
          Files.writeString(lab.folder.resolve("moved/x"), "");
        });
    assertThat(preview(dataset, "sub/file.txt").kind()).isEqualTo(Preview.Kind.NOT_READABLE);
    canary.assertUntouched();
  }

  private static void exchange(Path file, Path to) throws Exception {
    Sources.change(
        file,
        () -> {
          Files.delete(file);
          Files.createSymbolicLink(file, to);
        });
  }

  @Test
  void anImageInAMixOfSomebodyElse_isNotFollowed() throws Exception {
    Path mix = lab.settings.server().dataRoot().resolve("01930000-0000-7000-8000-000000000001");
    Files.createDirectories(mix);
    Files.writeString(mix.resolve("theirs.txt"), "theirs");
    Path file = lab.file("d/way.txt", "was here");
    Dataset dataset = lab.registered(ALICE, "d");
    exchange(file, mix.resolve("theirs.txt"));
    assertThat(preview(dataset, "way.txt").kind()).isEqualTo(Preview.Kind.NOT_READABLE);
  }

  @Test
  void whatIsSomebodyElsesIsAsWhatIsNotThere() throws Exception {
    lab.file("d/a.txt", "a");
    lab.file("other/b.txt", "b");
    Dataset dataset = lab.registered(ALICE, "d");
    Dataset other = lab.registered(ALICE, "other");
    String id = id(dataset, "a.txt");
    assertThatThrownBy(() -> looks.preview(BOB, dataset.id(), id))
        .isInstanceOf(NotThereException.class);
    assertThatThrownBy(() -> looks.image(BOB, dataset.id(), id))
        .isInstanceOf(NotThereException.class);
    assertThatThrownBy(() -> looks.files(BOB, dataset.id(), "", null, 10))
        .isInstanceOf(NotThereException.class);
    assertThatThrownBy(() -> looks.uses(BOB, dataset.id())).isInstanceOf(NotThereException.class);
    assertThatThrownBy(() -> looks.preview(ALICE, other.id(), id))
        .as("a file of another dataset")
        .isInstanceOf(NotThereException.class);
    assertThat(looks.preview(Actor.SYSTEM, dataset.id(), id).text()).isEqualTo("a");
    assertThat(looks.labelNames(ALICE, dataset.id())).isEmpty();
    FilePage all = looks.files(ALICE, other.id(), "", null, 1);
    assertThat(all.items()).hasSize(1);
    assertThat(all.next()).as("a page that is just full").isNull();
    assertThat(looks.files(ALICE, "d", "nul\0", null, 10).items()).isEmpty();
  }
}
