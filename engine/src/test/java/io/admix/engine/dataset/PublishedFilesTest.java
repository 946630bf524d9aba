package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestWriter;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFilesTest {
  @TempDir Path temp;
  private final FileAccess access = FileAccess.portable();

  @Test
  void onlyWhatIsStillAsPublishedIsDeleted() throws Exception {
    Path mix = Files.createDirectories(temp.resolve("mix"));
    for (String name : List.of("a/1.txt", "a/2.txt", "b/3.txt", "b/replaced.txt")) {
      Files.createDirectories(mix.resolve(name).getParent());
      Files.writeString(mix.resolve(name), name);
    }
    Path source = Files.writeString(temp.resolve("source.txt"), "source");
    Files.createSymbolicLink(mix.resolve("a/link.txt"), source);
    Path manifest =
        manifest(mix, List.of("a/1.txt", "a/2.txt", "a/link.txt", "b/3.txt", "b/replaced.txt"));
    Files.writeString(mix.resolve("a/2.txt"), "edited, of another size");
    Files.delete(mix.resolve("b/3.txt"));
    Path other = Files.writeString(temp.resolve("other"), "b/replaced.txt");
    Files.move(
        other, mix.resolve("b/replaced.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(mix.resolve("a/extra.txt"), "somebody's");

    long deleted = new PublishedFiles(access, mix, DatasetService.Progress.SILENT).delete(manifest);

    assertThat(deleted).isEqualTo(2);
    assertThat(mix.resolve("a/1.txt")).doesNotExist();
    assertThat(Files.isSymbolicLink(mix.resolve("a/link.txt"))).isFalse();
    assertThat(source).exists();
    assertThat(mix.resolve("a/2.txt")).exists();
    assertThat(mix.resolve("a/extra.txt")).exists();
    assertThat(mix.resolve("b/replaced.txt")).exists();
  }

  @Test
  void emptyFoldersGo() throws Exception {
    Path mix = Files.createDirectories(temp.resolve("mix/a/b"));
    Files.writeString(mix.resolve("1.txt"), "x");
    Path root = temp.resolve("mix");
    new PublishedFiles(access, root, DatasetService.Progress.SILENT)
        .delete(manifest(root, List.of("a/b/1.txt")));
    assertThat(root).doesNotExist();
  }

  @Test
  void aSymbolicLinkInThePlaceOfTheMix_isNotFollowed_soThatNoSourceIsDeleted() throws Exception {
    Path source = Files.createDirectories(temp.resolve("source"));
    Files.writeString(source.resolve("1.txt"), "x");
    Path mix = Files.createDirectories(temp.resolve("mix"));
    Files.createLink(mix.resolve("1.txt"), source.resolve("1.txt"));
    Path manifest = manifest(mix, List.of("1.txt"));
    Files.delete(mix.resolve("1.txt"));
    Files.delete(mix);
    Files.createSymbolicLink(mix, source);

    long deleted = new PublishedFiles(access, mix, DatasetService.Progress.SILENT).delete(manifest);

    assertThat(deleted).isZero();
    assertThat(source.resolve("1.txt")).exists();
  }

  private Path manifest(Path mix, List<String> paths) throws IOException {
    Path manifest = temp.resolve("manifest.jsonl");
    try (OutputStream out = Files.newOutputStream(manifest);
        Folder folder = access.open(mix)) {
      ManifestWriter writer =
          new ManifestWriter(
              out,
              new ManifestHeader(
                  "mix", "id", "task", mix.toString(), folder.stat().inode(), 1, "00", List.of()));
      for (String path : paths) {
        int slash = path.lastIndexOf('/');
        try (Folder parent = slash < 0 ? access.open(mix) : folder.open(path.substring(0, slash))) {
          Stat stat = parent.stat(path.substring(slash + 1));
          LinkMethod method =
              stat.kind() == Stat.Kind.SYMLINK ? LinkMethod.SYMLINK : LinkMethod.COPY;
          writer.add(
              new ManifestEntry(
                  path,
                  "s",
                  path,
                  stat.size(),
                  method,
                  stat.inode(),
                  stat.modifiedNs(),
                  0,
                  0,
                  null));
        }
      }
      writer.finish();
    }
    return manifest;
  }
}
