package io.admix.server.pages.compose;

import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.files.Sources;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Datasets of small files to compose mixes of. */
final class MixKit {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private MixKit() {}

  /** A name that nobody else uses. */
  static String name(String what) {
    return what + "-" + NEXT.incrementAndGet();
  }

  /**
   * Registers watched files for everybody: so many in the folder {@code high}, which is their label
   * {@code folder}, and so many in {@code low}.
   */
  static String dataset(ServerForTests server, String what, int high, int low) throws Exception {
    AddRequest request = request(server, what, high, low);
    server.admix().datasets().add(request, DatasetService.Progress.SILENT);
    return request.name();
  }

  /** Registers a file for one owner alone. */
  static String datasetOf(ServerForTests server, String owner, String what) throws Exception {
    AddRequest request = request(server, what, 1, 0);
    Actor actor = Actor.of(owner);
    SharedDatasets datasets = server.admix().sharedDatasets();
    String scan = datasets.register(actor, request).id();
    await().until(() -> datasets.scan(actor, scan).orElseThrow().state() == ScanJob.State.DONE);
    return request.name();
  }

  private static AddRequest request(ServerForTests server, String what, int high, int low)
      throws Exception {
    String name = name(what);
    Path folder = server.sources().resolve("compose-" + name);
    files(folder.resolve("high"), high);
    files(folder.resolve("low"), low);
    return new AddRequest(
        name,
        Sources.watch(folder),
        null,
        null,
        DatasetService.FolderLabels.FIRST_FOLDER,
        DatasetService.Checksums.NONE);
  }

  private static void files(Path folder, int count) throws Exception {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("f%03d.txt".formatted(i)), "file " + i);
    }
  }
}
