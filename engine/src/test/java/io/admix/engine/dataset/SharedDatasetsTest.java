package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.FilePage;
import io.admix.catalog.Ids;
import io.admix.catalog.Matching;
import io.admix.catalog.PageRequest;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.FieldsException.FieldProblem;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.place.LazyStore;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of a service do with datasets: each in his own, below what he is allowed. */
class SharedDatasetsTest {
  private static final Actor ALICE = Actor.of("alice");
  private static final Actor BOB = Actor.of("bob");

  @TempDir Path temporary;
  private Path folder;
  private Path allowed;
  private Settings settings;
  private Catalog catalog;
  private SharedDatasets shared;

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    allowed = Files.createDirectories(folder.resolve("allowed"));
    Files.createDirectories(folder.resolve("home/data"));
    Files.createDirectories(folder.resolve("home/state"));
    Path linked = Files.createSymbolicLink(folder.resolve("linked-root"), allowed);
    settings =
        SettingsLoader.load(
            new SettingsInput(
                folder.resolve("home").toString(),
                null,
                List.of("admix.allowed-roots=" + linked),
                Map.of(),
                folder));
    catalog =
        Catalog.open(
            new CatalogSettings(
                settings.databaseUrl(), null, null, settings.zone(), Clock.systemUTC()));
    shared = SharedDatasets.of(catalog, FileAccess.best(), settings);
  }

  @AfterEach
  void close() {
    shared.close();
    catalog.close();
  }

  private Path source(String path, int files) throws Exception {
    Path source = Files.createDirectories(allowed.resolve(path));
    for (int i = 0; i < files; i++) {
      Path file = source.resolve(i % 2 == 0 ? "even" : "odd").resolve("f" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x".repeat(i));
    }
    return Sources.watch(source);
  }

  private static AddRequest request(String name, Path folder) {
    return new AddRequest(name, folder, null, null, FolderLabels.FIRST_FOLDER, Checksums.NONE);
  }

  private ScanJob ended(Actor actor, ScanJob job) {
    return await()
        .until(() -> shared.scan(actor, job.id()).orElseThrow(), j -> j.endedAt() != null);
  }

  private Dataset registered(Actor actor, String name, Path source) throws Exception {
    ScanJob job = ended(actor, shared.register(actor, request(name, source)));
    assertThat(job.problems()).isEmpty();
    assertThat(job.state()).isEqualTo(ScanJob.State.DONE);
    return shared.find(actor, name);
  }

  @Test
  void whatOneRegistersIsHisAlone_andSomebodyElsesIsAsWhatIsNotThere() throws Exception {
    Dataset dataset = registered(ALICE, "code", source("code", 6));
    assertThat(dataset.owner()).isEqualTo("alice");
    assertThat(shared.show(ALICE, dataset.id()).distribution().labels().get("folder"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("even", 3L, "odd", 3L));
    assertThat(shared.list(ALICE, DatasetQuery.active(new PageRequest(1, 10))).total())
        .isEqualTo(1);
    assertThat(shared.list(BOB, DatasetQuery.active(new PageRequest(1, 10))).total()).isZero();
    for (String name : List.of("code", dataset.id())) {
      String words = thrown(() -> shared.find(BOB, "c-o-d-e")).replace("c-o-d-e", name);
      assertThat(thrown(() -> shared.find(BOB, name))).isEqualTo(words);
      assertThat(thrown(() -> shared.show(BOB, name))).isEqualTo(words);
      assertThat(thrown(() -> shared.matching(BOB, name, Filter.ALL))).isEqualTo(words);
      assertThat(thrown(() -> shared.files(BOB, name, null, 10))).isEqualTo(words);
      assertThat(thrown(() -> shared.rescan(BOB, name, Checksums.NONE))).isEqualTo(words);
      assertThat(thrown(() -> shared.remove(BOB, name, DatasetService.Files.KEEP)))
          .isEqualTo(words);
      assertThat(thrown(() -> shared.manifest(BOB, name, new ByteArrayOutputStream())))
          .isEqualTo(words);
    }
    assertThat(shared.scans(ALICE, new PageRequest(1, 10)).total()).isEqualTo(1);
    assertThat(shared.scans(BOB, new PageRequest(1, 10)).total()).isZero();
    assertThatThrownBy(() -> shared.find(ALICE, "cod"))
        .hasMessage("There is no dataset cod. Did you mean code?");
  }

  private static String thrown(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    NotThereException thrown = catchThrowableOfType(NotThereException.class, call);
    assertThat(thrown).isNotNull();
    return String.valueOf(thrown.getMessage());
  }

  @Test
  void theSystemsIsForAllToReadAndForNobodyToChange() throws Exception {
    registered(Actor.SYSTEM, "shared", source("shared", 2));
    assertThat(shared.matching(BOB, "shared", Filter.ALL)).isEqualTo(new Matching(2, 1));
    assertThatThrownBy(() -> shared.rescan(BOB, "shared", Checksums.NONE))
        .isInstanceOf(NotYoursException.class);
    assertThatThrownBy(() -> shared.remove(BOB, "shared", DatasetService.Files.KEEP))
        .isInstanceOf(NotYoursException.class);
    assertThat(shared.remove(Actor.SYSTEM, "shared", DatasetService.Files.KEEP)).isZero();
    assertThat(allowed.resolve("shared/even/f0.txt")).exists();
  }

  @Test
  void foldersOutsideTheAllowedRootsAreRefused_byWhateverWayTheyAreNamed() throws Exception {
    Path secret = Files.createDirectories(folder.resolve("secret"));
    Files.writeString(secret.resolve("key.txt"), "k");
    Files.createSymbolicLink(allowed.resolve("way-out"), secret);
    String mix = Ids.next();
    Files.createDirectories(settings.server().dataRoot().resolve(mix).resolve("a"));
    for (Path bad :
        List.of(
            secret,
            allowed.resolve("way-out"),
            allowed.resolve("../secret"),
            folder.resolve("nothing"),
            Path.of("/etc"),
            folder)) {
      assertThat(folderProblem(bad)).as("%s", bad).contains("admix.allowed-roots");
    }
    assertThat(folderProblem(Path.of("allowed"))).contains("absolute");
    assertThat(folderProblem(settings.server().dataRoot())).contains("mixes");
    assertThat(folderProblem(settings.server().dataRoot().resolve(mix).resolve("a")))
        .contains("mix of this service");
    assertThat(folderProblem(allowed.resolve("nothing"))).contains("allowed-roots");
    assertThat(shared.scans(ALICE, new PageRequest(1, 10)).total()).as("nothing begun").isZero();
  }

  private String folderProblem(Path bad) {
    FieldsException refused =
        catchThrowableOfType(
            FieldsException.class, () -> shared.register(ALICE, request("d", bad)));
    assertThat(refused).as("%s", bad).isNotNull();
    assertThat(refused.fields()).extracting(FieldProblem::field).containsExactly("folder");
    return String.valueOf(refused.getMessage());
  }

  /** The tags of a mix are its owner's. */
  @Test
  void aTagsFileInsideAMixIsRefused() throws Exception {
    Path mix = Files.createDirectories(settings.server().dataRoot().resolve(Ids.next()));
    Path tags = Files.writeString(mix.resolve("tags.jsonl"), "{}");
    FieldsException refused =
        catchThrowableOfType(
            FieldsException.class,
            () ->
                shared.register(
                    ALICE,
                    new AddRequest(
                        "d", source("code", 1), null, tags, FolderLabels.NONE, Checksums.NONE)));
    assertThat(refused.fields()).extracting(FieldProblem::field).containsExactly("tags");
  }

  @Test
  void homeAndStateAreNoDatasets_evenWhereTheRootsHoldThem() throws Exception {
    SharedDatasets wide =
        SharedDatasets.of(
            catalog,
            FileAccess.best(),
            SettingsLoader.load(
                new SettingsInput(
                    folder.resolve("home").toString(),
                    null,
                    List.of("admix.allowed-roots=" + folder),
                    Map.of(),
                    folder)));
    try (wide) {
      for (String own : List.of("home/state", "home", "")) {
        assertThatThrownBy(() -> wide.register(ALICE, request("d", folder.resolve(own))))
            .as(own)
            .isInstanceOf(FieldsException.class);
      }
      Path data = Files.createDirectories(settings.server().dataRoot().resolve("uploads"));
      Files.writeString(Sources.watch(data).resolve("a.txt"), "a");
      Sources.watch(data);
      ScanJob job = wide.register(ALICE, request("uploads", data));
      assertThat(
              await()
                  .until(() -> wide.scan(ALICE, job.id()).orElseThrow(), j -> j.endedAt() != null)
                  .state())
          .isEqualTo(ScanJob.State.DONE);
    }
  }

  @Test
  void allFieldsThatAreWrongAreToldAtOnce() {
    FieldsException refused =
        catchThrowableOfType(
            FieldsException.class,
            () ->
                shared.register(
                    ALICE,
                    new AddRequest(
                        "a/b",
                        Path.of("/etc"),
                        "IMAGES",
                        Path.of("/etc/passwd"),
                        FolderLabels.NONE,
                        Checksums.NONE)));
    assertThat(refused.fields())
        .extracting(FieldProblem::field)
        .containsExactly("name", "type", "folder", "tags");
    assertThat(refused).hasMessageContaining("IMAGE");
  }

  @Test
  void aTakenNameIsAConflict_andTheJobThatLosesTheRaceSaysSo() throws Exception {
    Path source = source("code", 2);
    registered(ALICE, "code", source);
    assertThatThrownBy(() -> shared.register(ALICE, request("code", source)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("taken");
    registered(BOB, "code", source);
    catalog.datasets().register("carol", "claimed", "/x", "TEXT");
    ScanJob late =
        ended(Actor.of("carol"), shared.register(Actor.of("carol"), request("claimed", source)));
    assertThat(late.state()).isEqualTo(ScanJob.State.FAILED);
    assertThat(late.problems()).singleElement().asString().contains("claimed", "taken");
  }

  @Test
  void rescanFollowsTheFolder_andAnEmptyOneChangesNothing() throws Exception {
    Path source = source("code", 4);
    registered(ALICE, "code", source);
    Sources.change(source, () -> Files.writeString(source.resolve("new.txt"), "12345"));
    ScanJob job = ended(ALICE, shared.rescan(ALICE, "code", Checksums.SHA256));
    assertThat(job.kind()).isEqualTo(ScanJob.Kind.RESCAN);
    assertThat(shared.find(ALICE, "code").files()).isEqualTo(5);
    Path away = folder.resolve("away");
    Sources.release(source);
    Files.move(source, away);
    Files.createSymbolicLink(source, away);
    assertThatThrownBy(() -> shared.rescan(ALICE, "code", Checksums.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("allowed-roots")
        .hasMessageContaining("unchanged");
    assertThat(shared.find(ALICE, "code").files()).isEqualTo(5);
  }

  @Test
  void filtersAreCountedTogether_andFilesOfSeveralRowsOnce() throws Exception {
    Dataset dataset = registered(ALICE, "code", source("code", 6));
    Filter even =
        new Filter(new LabelFilter("folder", List.of("even")), null, null, List.of(), List.of());
    Filter odd = new Filter(null, null, null, List.of("odd/**"), List.of());
    assertThat(shared.matching(ALICE, "code", List.of(even, odd, Filter.ALL)))
        .containsExactly(new Matching(3, 6), new Matching(3, 9), new Matching(6, 15));

    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status, created_by) VALUES ('f', 'foreign', 'TEXT', '/data', 'PUBLISHED', 'alice')");
    for (String row : List.of("('1', 'a', 5)", "('2', 'a', 7)", "('3', 'b', 1)")) {
      sql(
          "INSERT INTO t_dm_dataset_files (dataset_id, file_name, id, file_path, file_size) SELECT 'f', column2, column1, '/data/' || column2, column3 FROM (VALUES "
              + row
              + ")");
    }
    assertThat(shared.matching(ALICE, "f", Filter.ALL)).isEqualTo(new Matching(2, 6));
    assertThatThrownBy(() -> shared.remove(ALICE, "f", DatasetService.Files.KEEP))
        .hasMessageContaining("another system");
    assertThat(dataset.id()).isNotEqualTo("f");
  }

  private void sql(String statement) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(settings.databaseUrl());
        var update = connection.createStatement()) {
      update.executeUpdate(statement);
    }
  }

  @Test
  void filesAreLookedAtPageByPage() throws Exception {
    registered(ALICE, "code", source("code", 5));
    FilePage first = shared.files(ALICE, "code", null, 3);
    assertThat(first.items()).hasSize(3);
    @Nullable String next = first.next();
    FilePage second = shared.files(ALICE, "code", next, 3);
    assertThat(second.next()).isNull();
    assertThat(List.of(first, second))
        .flatExtracting(FilePage::items)
        .extracting(DatasetFile::path)
        .containsExactlyInAnyOrder(
            "even/f0.txt", "odd/f1.txt", "even/f2.txt", "odd/f3.txt", "even/f4.txt");
    assertThatThrownBy(() -> shared.files(ALICE, "code", null, 1_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The thread is interrupted while rows are written: draft and name go, as if never begun. */
  @Test
  void aRegistrationThatIsStoppedLeavesNothing() throws Exception {
    Path source = source("code", 2_100);
    Registering registering =
        new Registering(
            catalog,
            FileAccess.best(),
            new LazyStore(settings.s3().store()),
            settings.stateDir(),
            settings.zone());
    assertThatThrownBy(() ->
            registering.register(
                "alice",
                request("code", source),
                (step, files, total) -> {
                  if (step == DatasetService.Step.RECORD) {
                    Thread.currentThread().interrupt();
                  }
                }))
        .isInstanceOfAny(InterruptedException.class, RuntimeException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(shared.list(ALICE, DatasetQuery.active(new PageRequest(1, 10))).total()).isZero();
    registered(ALICE, "code", source);
  }
}
