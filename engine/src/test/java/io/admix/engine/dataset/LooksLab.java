package io.admix.engine.dataset;

import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A catalogue with one allowed root, for tests of what people look at. */
final class LooksLab implements AutoCloseable {
  static final Actor ALICE = Actor.of("alice");
  static final Actor BOB = Actor.of("bob");

  final Path folder;
  final Path allowed;
  final Settings settings;
  final Catalog catalog;
  final SharedDatasets shared;

  /**
   * @param root the allowed root, below the folder
   */
  LooksLab(Path temporary, String root) throws Exception {
    folder = temporary.toRealPath();
    allowed = Files.createDirectories(folder.resolve(root));
    Files.createDirectories(folder.resolve("home/data"));
    Files.createDirectories(folder.resolve("home/state"));
    settings =
        SettingsLoader.load(
            new SettingsInput(
                folder.resolve("home").toString(),
                null,
                List.of("admix.allowed-roots=" + allowed),
                Map.of(),
                folder));
    catalog =
        Catalog.open(
            new CatalogSettings(
                settings.databaseUrl(), null, null, settings.zone(), Clock.systemUTC()));
    shared = SharedDatasets.of(catalog, FileAccess.best(), settings);
  }

  Path file(String path, String content) throws Exception {
    return file(path, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A file below the allowed root. */
  Path file(String path, byte[] content) throws Exception {
    Path file = allowed.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Registers a folder below the allowed root under its name. */
  Dataset registered(Actor actor, String name) throws Exception {
    Path source = Sources.watch(allowed.resolve(name));
    ScanJob job =
        shared.register(
            actor,
            new AddRequest(name, source, null, null, FolderLabels.FIRST_FOLDER, Checksums.NONE));
    await().until(() -> shared.scan(actor, job.id()).orElseThrow(), now -> now.endedAt() != null);
    return shared.find(actor, name);
  }

  @Override
  public void close() {
    shared.close();
    catalog.close();
  }
}
