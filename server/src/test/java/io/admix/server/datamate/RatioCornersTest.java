package io.admix.server.datamate;

import static io.admix.catalog.DataMateForTests.execute;
import static io.admix.catalog.DataMateForTests.query;
import static io.admix.server.datamate.RatioKit.DATASETS;
import static io.admix.server.datamate.RatioKit.TASKS;
import static io.admix.server.datamate.RatioKit.body;
import static io.admix.server.datamate.RatioKit.create;
import static io.admix.server.datamate.RatioKit.dataset;
import static io.admix.server.datamate.RatioKit.ended;
import static io.admix.server.datamate.RatioKit.item;
import static io.admix.server.datamate.RatioKit.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.DataMateForTests;
import io.admix.catalog.PostgresForTests;
import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rare lines of DataMate's contract, on a database of DataMate's that can be made to fail. */
class RatioCornersTest {
  private static CatalogSettings database;
  private static ServerForTests server;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresForTests.settings(Clock.systemUTC());
    DataMateForTests.makeTables(database);
    DataMateForTests.addRows(database);
    server =
        ServerForTests.start(
            Map.of(
                "ADMIX_DB", database.url() + "&options=-c%20lock_timeout=1s",
                "ADMIX_DB_USER", String.valueOf(database.user()),
                "ADMIX_DB_PASSWORD", String.valueOf(database.password())),
            "admix.zone=Asia/Shanghai",
            "admix.datamate.untagged-match=true",
            "admix.security.mode=proxy",
            "admix.security.proxy.addresses=127.0.0.1",
            "admix.security.proxy.without-header=everyone");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void error(HttpAnswer answer, int status, String body) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void withoutAName_nothingIsFiltered() throws Exception {
    HttpForTests nobody = server.http();
    String mias = create(server.as("mia"), "of mia", item(dataset(server, 1), 1, "{}"));
    JsonNode target = ended(server.as("mia"), mias).get("target_dataset");
    assertThat(nobody.get(TASKS + "?size=100").json().at("/data/content").findValuesAsString("id"))
        .contains("r-runs", "r-left", "r-done", mias);
    assertThat(RatioKit.details(nobody, "r-runs").get("status").asString()).isEqualTo("RUNNING");
    assertThat(RatioKit.details(nobody, mias).get("name").asString()).isEqualTo("of mia");
    String made = create(nobody, "of nobody", item(target.get("id").asString(), 1, "{}"));
    assertThat(ended(nobody, made).get("status").asString()).isEqualTo("COMPLETED");
    assertThat(rows("SELECT created_by, updated_by FROM t_st_ratio_instances", made))
        .containsExactly("system system");
    assertThat(nobody.post(TASKS, body("of mia", item("d-text", 1, "{}"))).status())
        .as("a name that anybody's task has")
        .isEqualTo(400);
    assertThat(nobody.delete(TASKS + "?ids=" + mias + "&ids=r-runs").status()).isEqualTo(200);
    assertThat(nobody.get(TASKS + "/r-runs").status()).isEqualTo(404);
    assertThat(nobody.get(TASKS + "/" + mias).status()).isEqualTo(404);
    assertThat(nobody.get(DATASETS + "/d-image").status()).isEqualTo(200);
  }

  private static List<String> rows(String select, String id) {
    String columns = select.substring("SELECT ".length(), select.indexOf(" FROM "));
    return query(
        database,
        "SELECT concat_ws(' ', %s)%s WHERE id = '%s'"
            .formatted(columns, select.substring(select.indexOf(" FROM ")), id));
  }

  @Test
  void whatATaskWrites_isWhatDataMateWrites() throws Exception {
    HttpForTests mia = server.as("mia");
    String first = dataset(server, 3);
    String second = dataset(server, 2);
    String id = create(mia, "columns", item(first, 2, "{}"), item(second, 1, "{}"));
    ended(mia, id);
    assertThat(
            rows(
                "SELECT name, status, totals, coalesce(description, '-'), created_by, updated_by, created_at <= updated_at FROM t_st_ratio_instances",
                id))
        .containsExactly("columns COMPLETED 10 - mia mia t");
    assertThat(
            query(
                database,
                "SELECT concat_ws(' ', ratio_value, counts, source_dataset_id, created_by, updated_by, created_at IS NOT NULL, updated_at IS NOT NULL, filter_conditions) FROM t_st_ratio_relations WHERE ratio_instance_id = '%s' ORDER BY counts DESC"
                    .formatted(id)))
        .containsExactly(
            "2 2 %s mia mia t t {\"date_range\": null, \"label\": null}".formatted(first),
            "1 1 %s mia mia t t {\"date_range\": null, \"label\": null}".formatted(second));
  }

  @Test
  void timesWithAnOffset_areHonoured_andFilesWithoutATimeMatchWhereItIsSetSo() throws Exception {
    HttpForTests mia = server.as("mia");
    String line = "{\"path\":\"%s\",\"topic\":[\"x\"],\"tagsUpdatedAt\":\"%s\"}";
    String source =
        dataset(
            server,
            "offsets",
            List.of(
                line.formatted("in.txt", "2025-01-31T23:30:00"),
                line.formatted("late.txt", "2025-02-01T00:30:00")),
            "in.txt",
            "late.txt",
            "never.txt");
    // In Shanghai from 23:00 to midnight.
    String hour = "{\"dateRange\":[\"2025-01-31T15:00:00Z\",\"2025-01-31T18:00:00+02:00\"]}";
    assertThat(placed(server, ended(mia, create(mia, "hour", item(source, 9, hour)))))
        .containsExactly("in.txt", "never.txt");
  }

  @Test
  void aTaskThatIsCancelled_isShownAsFailedWithItsTrueState() throws Exception {
    HttpForTests mia = server.as("mia");
    String source = dataset(server, 1);
    Path gone =
        Path.of(
            mia.get(DATASETS + "/" + source).json().at("/data/targetLocation").asString(),
            "f0.txt");
    Sources.change(gone, () -> Files.delete(gone));
    String id = create(mia, "given up", item(source, 1, "{}"));
    assertThat(ended(mia, id).get("resumable").asBoolean()).isTrue();
    assertThat(mia.send("POST", "/api/v1/tasks/" + id + "/cancel", null, null).status())
        .isEqualTo(200);
    JsonNode listed = mia.get(TASKS + "?name=given").json().at("/data/content/0");
    for (JsonNode told : List.of(RatioKit.details(mia, id), listed)) {
      assertThat(told.get("status").asString()).isEqualTo("FAILED");
      assertThat(told.get("state").asString()).isEqualTo("CANCELLED");
    }
    assertThat(rows("SELECT status FROM t_st_ratio_instances", id)).containsExactly("FAILED");
    assertThat(
            mia.get(TASKS + "?name=given&status=FAILED").json().at("/data/totalElements").asInt())
        .isEqualTo(1);
  }

  @Test
  void ofSeveralDeletions_oneThatFailsKeepsNoneOfTheOthers() throws Exception {
    HttpForTests mia = server.as("mia");
    String source = dataset(server, 1);
    List<String> ids =
        Stream.of("goes", "stays", "goes too")
            .map(name -> create(mia, name, item(source, 1, "{}")))
            .toList();
    for (String id : ids) {
      ended(mia, id);
    }
    execute(
        database,
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$;"
            + " CREATE TRIGGER keep BEFORE DELETE ON admix.tasks FOR EACH ROW WHEN (OLD.task_name = 'stays') EXECUTE FUNCTION keep()");
    error(
        mia.delete(TASKS + "?ids=" + String.join("&ids=", ids)),
        500,
        "{\"code\":\"ratio.0004\",\"message\":\"Failed to delete task\",\"data\":{\"task_ids\":[\"%s\"]}}"
            .formatted(ids.get(1)));
    assertThat(mia.get(TASKS + "/" + ids.get(1)).status()).isEqualTo(200);
    assertThat(mia.get(TASKS + "/" + ids.getFirst()).status()).isEqualTo(404);
    assertThat(mia.get(TASKS + "/" + ids.getLast()).status()).isEqualTo(404);
    execute(database, "DROP TRIGGER keep ON admix.tasks");
    assertThat(mia.delete(TASKS + "?ids=" + String.join("&ids=", ids)).status()).isEqualTo(200);
    assertThat(mia.get(TASKS + "/" + ids.get(1)).status()).isEqualTo(404);
  }

  @Test
  void whatNobodyForesaw_isAnErrorWithoutItsInnerWords() {
    HttpForTests mia = server.as("mia");
    String rename = "ALTER TABLE t_st_ratio_relations RENAME COLUMN %s TO %s";
    execute(database, rename.formatted("filter_conditions", "conditions"));
    error(
        mia.get(TASKS + "/r-done"),
        500,
        "{\"code\":\"system.0001\",\"message\":\"Internal server error\",\"data\":null}");
    execute(database, rename.formatted("conditions", "filter_conditions"));
    assertThat(mia.get(TASKS + "/r-done").status()).isEqualTo(200);
  }

  @Test
  void whileTheDatabaseDoesNotAnswer_theServiceIsUnavailable() throws Exception {
    HttpForTests mia = server.as("mia");
    String away = "{\"code\":\"system.0005\",\"message\":\"Service unavailable\",\"data\":null}";
    try (var holder =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("LOCK TABLE t_st_ratio_instances IN ACCESS EXCLUSIVE MODE");
      error(mia.get(TASKS), 503, away);
      error(mia.delete(TASKS + "?ids=r-done"), 503, away);
    }
    assertThat(mia.get(TASKS + "/r-done").status()).isEqualTo(200);
  }

  @Test
  void aTaskForWhichThereIsNoRoomInTheQueue_isTooMany() {
    error(
        server.as("mia").get(FullDoor.PATH),
        429,
        "{\"code\":\"common.0001\",\"message\":\"Bad request\",\"data\":{\"detail\":\"so many wait\"}}");
  }

  /** What a page of a thousand rows sends when all are ticked. */
  @Test
  void aThousandIds_areDeletedAtOnce_andOneMoreIsRefusedInTheEnvelope() {
    HttpForTests mia = server.as("mia");
    assertThat(mia.delete(TASKS + "?" + ids(1_000)).status()).isEqualTo(200);
    HttpAnswer more = mia.delete(TASKS + "?" + ids(1_001));
    assertThat(more.status()).isEqualTo(422);
    assertThat(more.body()).contains("common.0005");
  }

  private static String ids(int count) {
    return Stream.generate(() -> "ids=" + UUID.randomUUID())
        .limit(count)
        .collect(Collectors.joining("&"));
  }
}
