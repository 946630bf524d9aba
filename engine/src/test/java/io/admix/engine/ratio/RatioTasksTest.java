package io.admix.engine.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.catalog.PageRequest;
import io.admix.catalog.RatioInstance;
import io.admix.catalog.RatioQuery;
import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.ratio.RatioRefusedException.Reason;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratio tasks as they are recorded; nothing runs. */
class RatioTasksTest {
  private static final Actor MIA = Actor.of("mia");
  private static final Instant NOW = Instant.parse("2026-03-04T23:59:59Z");

  @TempDir Path folder;
  private Admix admix;
  private Catalog catalog;
  private RatioTasks tasks;

  @BeforeEach
  void open() throws Exception {
    open("admix.zone=Asia/Shanghai");
  }

  private void open(String... given) throws Exception {
    Settings settings =
        SettingsLoader.load(
            new SettingsInput(
                folder.resolve("home").toString(), null, List.of(given), Map.of(), folder));
    admix = Admix.open(settings);
    Clock clock = Clock.fixed(NOW, settings.zone());
    catalog =
        Catalog.open(
            new CatalogSettings(settings.databaseUrl(), null, null, settings.zone(), clock));
    tasks = RatioService.of(catalog, settings, admix.background(), clock);
  }

  @AfterEach
  void close() {
    catalog.close();
    admix.close();
  }

  private String dataset(String name, String type) {
    try (FileWriter writer = catalog.datasets().register(name, "/data/" + name, type)) {
      writer.add(new NewFile("a", 1, NOW, null, null, null, null));
      return writer.commit().id();
    }
  }

  private static RatioRequest request(String name, String... ids) {
    return new RatioRequest(
        name,
        null,
        7,
        Stream.of(ids).map(id -> new RatioRequest.Item(id, 2, RatioFilter.ALL)).toList());
  }

  private String typeOf(String... ids) throws Exception {
    return tasks.create(MIA, request("mix" + List.of(ids).hashCode(), ids)).datasetType();
  }

  @Test
  void theTypeOfAMix_isThatOfAllItsSources() throws Exception {
    String text = dataset("t", "TEXT");
    String image = dataset("i", "IMAGE");
    String other = dataset("o", "OTHER");
    assertThat(typeOf(text, text)).isEqualTo("TEXT");
    assertThat(typeOf(image)).isEqualTo("IMAGE");
    assertThat(typeOf(dataset("v", "VIDEO"))).isEqualTo("VIDEO");
    assertThat(typeOf(dataset("a", "AUDIO"))).isEqualTo("AUDIO");
    assertThat(typeOf(text, image)).isEqualTo("OTHER");
    assertThat(typeOf(other)).isEqualTo("OTHER");
  }

  @Test
  void aTask_isRecordedAsTheSeedMakesIt() throws Exception {
    String id = dataset("t", "TEXT");
    RatioCreated made = tasks.create(MIA, request("a/b", id, id));
    Task task = catalog.tasks().byId(made.id()).orElseThrow();
    assertThat(task.name()).isEqualTo("a/b-20260305075959");
    assertThat(task.owner()).isEqualTo("mia");
    assertThat(task.targetPath())
        .isEqualTo(folder.resolve("home/data").resolve(made.datasetId()).toString());
    assertThat(task.recipe())
        .contains(
            "\"total\":4",
            "\"layout\":\"flat\",\"link\":[\"hardlink\",\"symlink\",\"copy\"],\"on-shortage\":\"take-all\",\"on-error\":\"replace\"",
            "\"name\":\"t\",\"dataset\":\"" + id + "\",\"count\":2",
            "\"name\":\"t-2\",\"dataset\":\"" + id + "\",\"count\":2");
    assertThat(io.admix.engine.recipe.RecipeJson.parse(task.recipe()).name())
        .isEqualTo(task.name());
    assertThat(tasks.find(MIA, made.id()).orElseThrow().task().totals()).isEqualTo(7);
  }

  @Test
  void twoOfOneNameInOneSecond_getDatasetsASecondApart() throws Exception {
    String id = dataset("t", "TEXT");
    RatioCreated first = tasks.create(Actor.SYSTEM, request("mix", id));
    tasks.delete(Actor.SYSTEM, List.of(first.id()));
    catalog.datasets().register("mix-20260305075959", "/data/taken", "TEXT").commit();
    RatioCreated second = tasks.create(Actor.SYSTEM, request("mix", id));
    assertThat(first.datasetName()).isEqualTo("mix-20260305075959");
    assertThat(second.datasetName()).isEqualTo("mix-20260305080000");
  }

  @Test
  void refusals_comeInOrder() {
    String id = dataset("t", "TEXT");
    assertThat(reason(request(" ", id, "no", "none"))).isEqualTo(Reason.NO_DATASET);
    assertThat(reason(request(" \u00a0", id))).isEqualTo(Reason.NO_NAME);
    assertThatThrownBy(() ->
            tasks.create(
                MIA,
                new RatioRequest(
                    "x", null, 1, List.of(new RatioRequest.Item(id, 0, RatioFilter.ALL)))))
        .hasMessageContaining("Nothing is asked");
    assertThat(tasks.list(MIA, new RatioQuery(null, null, new PageRequest(1, 10))).total())
        .as("nothing was made")
        .isZero();
  }

  private Reason reason(RatioRequest request) {
    try {
      tasks.create(MIA, request);
    } catch (RatioRefusedException refused) {
      return refused.reason();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it was made");
  }

  @Test
  void aMixThatIsBeingMade_isNoSource() throws Exception {
    RatioCreated made = tasks.create(MIA, request("mix", dataset("t", "TEXT")));
    assertThat(reason(request("next", made.datasetId()))).isEqualTo(Reason.NO_DATASET);
  }

  @Test
  void aDatasetOfOursThatDataMatePublished_isASource() throws Exception {
    String id = dataset("t", "TEXT");
    sql("UPDATE t_dm_datasets SET status = 'PUBLISHED' WHERE id = '" + id + "'");
    assertThat(tasks.create(MIA, request("mix", id)).status()).isEqualTo("PENDING");
    assertThat(catalog.datasets().resolveId(MIA, id)).isPresent();
  }

  private void sql(String statement) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/catalog.db"));
        var update = connection.createStatement()) {
      update.executeUpdate(statement);
    }
  }

  @Test
  void moreThanTwoMinutesOfTakenNames_areANameThatIsTaken() {
    String id = dataset("t", "TEXT");
    for (int i = 0; i < 120; i++) {
      String stamp =
          DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
              .withZone(ZoneId.of("Asia/Shanghai"))
              .format(NOW.plusSeconds(i));
      catalog.datasets().register("mix-" + stamp, "/data/" + stamp, "TEXT").commit();
    }
    assertThat(reason(request("mix", id))).isEqualTo(Reason.NAME_TAKEN);
  }

  @Test
  void theSettingForUntaggedFiles_standsInTheRecipe() throws Exception {
    close();
    open("admix.datamate.untagged-match=true");
    RatioFilter dated = new RatioFilter(List.of("2025-01-01", "2025-01-02"), null);
    RatioCreated made =
        tasks.create(
            MIA,
            new RatioRequest(
                "mix", null, 1, List.of(new RatioRequest.Item(dataset("t", "TEXT"), 1, dated))));
    assertThat(catalog.tasks().byId(made.id()).orElseThrow().recipe())
        .contains("\"unknown\":\"match\"");
  }

  @Test
  void aTaskThatWaits_isDeletedWithItsDataset() throws Exception {
    RatioCreated made = tasks.create(MIA, request("mix", dataset("t", "TEXT")));
    tasks.delete(Actor.of("leo"), List.of(made.id()));
    assertThat(tasks.find(MIA, made.id()))
        .get()
        .extracting(RatioDetails::task)
        .extracting(RatioInstance::status)
        .isEqualTo("PENDING");
    tasks.delete(MIA, List.of(made.id()));
    assertThat(tasks.find(MIA, made.id())).isEmpty();
    assertThat(tasks.dataset(MIA, made.datasetId())).isEmpty();
    assertThat(tasks.create(MIA, request("mix", dataset("u", "TEXT"))).id()).isNotEmpty();
  }
}
