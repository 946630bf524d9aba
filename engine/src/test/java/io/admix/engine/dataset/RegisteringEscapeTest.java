package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.engine.RefusedException;
import io.admix.engine.run.Canary;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering a folder looks at nothing outside of it, whatever lies in it or is said of it. */
class RegisteringEscapeTest {
  @TempDir Path temporary;
  private Path folder;
  private Path data;
  private Canary canary;
  private Catalog catalog;
  private FileAccess access = FileAccess.best();

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    data = Files.createDirectories(folder.resolve("data/sub"));
    data = data.getParent();
    Files.writeString(data.resolve("fine.txt"), "fine");
    Files.writeString(data.resolve("sub/two.txt"), "two");
    canary = Canary.in(folder);
    catalog =
        Catalog.open(
            new CatalogSettings(
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                null,
                null,
                ZoneOffset.UTC,
                Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private DatasetService.Added add(Path tags, DatasetService.Progress progress) throws Exception {
    Sources.watch(data);
    return DatasetService.of(catalog, access, folder.resolve("state"), ZoneOffset.UTC)
        .add(
            new DatasetService.AddRequest(
                "d",
                data,
                null,
                tags,
                DatasetService.FolderLabels.NONE,
                DatasetService.Checksums.SHA256),
            progress);
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("d").orElseThrow(),
            Set.of(),
            row -> rows.add(row.relativePath()));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"portable", "best"})
  void linksOutsideArePassedOverAndCounted_aSecondNameIsAFile(String which) throws Exception {
    access = which.equals("portable") ? FileAccess.portable() : FileAccess.best();
    Files.createSymbolicLink(data.resolve("link"), canary.file("secret.txt"));
    Files.createSymbolicLink(data.resolve("way"), canary.path());
    Files.createLink(data.resolve("hard.txt"), canary.file("secret.txt"));
    Canary linked = Canary.in(folder.resolve("second"));
    DatasetService.Added added = add(null, DatasetService.Progress.SILENT);
    assertThat(rows()).containsExactlyInAnyOrder("fine.txt", "hard.txt", "sub/two.txt");
    assertThat(added.skipped().symlinks()).isEqualTo(2);
    linked.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside/secret.txt",
        "/etc/passwd",
        "sub/../../outside/secret.txt",
        "..",
        "link/secret.txt"
      })
  void aTagsLineOnAPathOutside_meetsNoFile(String path) throws Exception {
    Files.createSymbolicLink(data.resolve("link"), canary.path());
    Path tags =
        Files.writeString(
            folder.resolve("tags.jsonl"),
            "{\"path\":\"fine.txt\",\"quality\":\"high\"}\n{\"path\":\""
                + path
                + "\",\"quality\":\"high\"}\n");
    try {
      DatasetService.Added added = add(tags, DatasetService.Progress.SILENT);
      assertThat(added.unmatchedTags()).isEqualTo(1);
      assertThat(added.labelled()).isEqualTo(1);
      assertThat(rows()).containsExactlyInAnyOrder("fine.txt", "sub/two.txt");
    } catch (RefusedException e) {
      assertThat(e).hasMessageContaining("tags.jsonl:2");
    }
    canary.assertUntouched();
  }

  @Test
  void aFileThatBecomesALinkBeforeItsBytesAreRead_isNotFollowed_andNothingIsRegistered()
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    FaultLayer layer = new FaultLayer(FileAccess.portable());
    layer.around(
        Operation.STAT,
        (call, act) -> {
          act.run();
          if (call.name().equals("fine.txt") && done.compareAndSet(false, true)) {
            exchange(data.resolve("fine.txt"));
          }
        });
    access = layer;
    assertThatThrownBy(() -> add(null, DatasetService.Progress.SILENT))
        .hasMessageContaining("fine.txt")
        .hasMessageContaining("Nothing was registered");
    assertThat(done).isTrue();
    assertThat(catalog.datasets().list()).isEmpty();
    canary.assertUntouched();
  }

  private void exchange(Path file) {
    try {
      Sources.change(
          file,
          () -> {
            Files.delete(file);
            Files.createSymbolicLink(file, canary.file("secret.txt"));
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
