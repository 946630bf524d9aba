package io.admix.server.datamate;

import static io.admix.catalog.DataMateForTests.execute;
import static io.admix.catalog.DataMateForTests.query;
import static io.admix.server.datamate.RatioKit.DATASETS;
import static io.admix.server.datamate.RatioKit.TASKS;
import static io.admix.server.datamate.RatioKit.create;
import static io.admix.server.datamate.RatioKit.ended;
import static io.admix.server.datamate.RatioKit.item;
import static io.admix.server.datamate.RatioKit.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.DataMateForTests;
import io.admix.catalog.PostgresForTests;
import io.admix.files.Sources;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** The service on DataMate's own database, with the flaws of its rows, and the way back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataMateDatabaseServerTest {
  private static CatalogSettings database;
  private static List<String> shape;
  private static ServerForTests server;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresForTests.settings(Clock.systemUTC());
    DataMateForTests.makeTables(database);
    DataMateForTests.addRows(database);
    shape = DataMateForTests.shape(database);
    server =
        ServerForTests.start(
            Map.of(
                "ADMIX_DB", database.url(),
                "ADMIX_DB_USER", String.valueOf(database.user()),
                "ADMIX_DB_PASSWORD", String.valueOf(database.password())),
            "admix.zone=Asia/Shanghai",
            "admix.security.mode=proxy",
            "admix.security.proxy.addresses=127.0.0.1",
            "admix.security.proxy.without-header=everyone");
    Path folder = Files.createDirectories(server.sources().resolve("news"));
    for (String name : List.of("a.txt", "b.txt", "c.txt", "d.txt")) {
      Files.writeString(folder.resolve(name), "0123456789");
    }
    execute(database, "UPDATE t_dm_datasets SET path = '%s' WHERE id = 'd-text'".formatted(folder));
    execute(
        database,
        "UPDATE t_dm_dataset_files SET file_path = '%s/' || file_name WHERE dataset_id = 'd-text'"
            .formatted(folder));
    execute(
        database,
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size) VALUES ('f-9', 'd-text', '../../x', '/etc/passwd', 5), ('f-8', 'd-text', 'x', '%s/../news/a.txt', 5)"
            .formatted(folder));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpForTests mia() throws Exception {
    Sources.watch(server.sources().resolve("news"));
    return server.as("mia");
  }

  @Test
  @Order(1)
  void rowsOfDataMatesAreShownAndNeverRun() throws Exception {
    HttpForTests mia = mia();
    JsonNode list = mia.get(TASKS).json().get("data");
    assertThat(list.get("content").toString())
        .isEqualTo(
            "[{\"id\":\"r-left\",\"name\":\"stuck\",\"description\":null,\"status\":\"PENDING\",\"totals\":5,\"target_dataset_id\":null,\"target_dataset_name\":null,\"created_at\":\"2026-01-07 08:00:00\",\"updated_at\":\"2026-01-07 08:00:00\"},"
                + "{\"id\":\"r-twin\",\"name\":\"old\",\"description\":null,\"status\":\"COMPLETED\",\"totals\":4,\"target_dataset_id\":\"gone\",\"target_dataset_name\":null,\"created_at\":\"2026-01-06 08:00:00\",\"updated_at\":\"2026-01-06 08:00:00\"},"
                + "{\"id\":\"r-done\",\"name\":\"old\",\"description\":\"the first\",\"status\":\"COMPLETED\",\"totals\":10,\"target_dataset_id\":\"d-target\",\"target_dataset_name\":\"old-20260105080000\",\"created_at\":\"2026-01-05 08:00:00.488673\",\"updated_at\":\"2026-01-05 08:00:01\"},"
                + "{\"id\":\"r-null\",\"name\":\"\",\"description\":null,\"status\":null,\"totals\":null,\"target_dataset_id\":null,\"target_dataset_name\":null,\"created_at\":null,\"updated_at\":null}]");
    assertThat(mia.get(TASKS + "/r-done").body())
        .isEqualTo(
            "{\"code\":\"0\",\"message\":\"success\",\"data\":{\"id\":\"r-done\",\"name\":\"old\",\"description\":\"the first\",\"status\":\"COMPLETED\",\"totals\":10,\"config\":["
                + "{\"dataset_id\":\"d-text\",\"counts\":\"2\",\"filter_conditions\":\"{\\\"date_range\\\": [\\\"2025-01-01\\\", \\\"2025-01-03\\\"], \\\"label\\\": {\\\"label\\\": \\\"sent\\\", \\\"value\\\": \\\"\\\"}}\"},"
                + "{\"dataset_id\":\"d-twin\",\"counts\":\"0\",\"filter_conditions\":\"\"}],"
                + "\"target_dataset\":{\"id\":\"d-target\",\"name\":\"old-20260105080000\",\"type\":\"TEXT\",\"status\":\"ACTIVE\",\"file_count\":2,\"size_bytes\":12},"
                + "\"created_at\":\"2026-01-05T08:00:00.488673\",\"updated_at\":\"2026-01-05T08:00:01\"}}");
    assertThat(mia.get(TASKS + "/r-null").json().get("data").get("status").asString())
        .isEqualTo("UNKNOWN");
    assertThat(mia.get(TASKS + "/r-runs").status()).as("another's").isEqualTo(404);
    assertThat(mia.post(TASKS, RatioKit.body("old", item("d-text", 1, "{}"))).status())
        .as("a name that DataMate has twice")
        .isEqualTo(400);
    assertThat(mia.get(DATASETS + "/d-text").json().get("data").toString())
        .contains(
            "\"tags\":[{\"name\":\"quality\"}],\"retentionDays\":7",
            "\"createdAt\":\"2026-01-01T08:00:00.5\"",
            "\"distribution\":{\"quality\":{\"high\":1}}");
    assertThat(mia.get(DATASETS + "/d-twin").json().get("data").get("tags").toString())
        .as("JSON null")
        .isEqualTo("[]");
    assertThat(server.as("leo").get(DATASETS + "/d-image").status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void aMixOfDataMatesFiles_isOneOfItsOwnDatasets() throws Exception {
    HttpForTests mia = mia();
    JsonNode labelled =
        ended(mia, create(mia, "high", item("d-text", 5, "{\"label\":{\"label\":\"quality\"}}")));
    assertThat(placed(server, labelled)).containsExactly("c.txt");
    isShownAsFailed_onceItIsCancelled(mia, labelled.get("id").asString());
    JsonNode task = ended(mia, create(mia, "all", item("d-text", 9, "{}")));
    assertThat(placed(server, task))
        .as("no deleted file, nothing from outside of the dataset's folder")
        .containsExactly("a.txt", "b.txt", "c.txt");
    String target = task.get("target_dataset").get("id").asString();
    assertThat(query(database, files(target)))
        .isEqualTo(query(database, files("d-text") + " LIMIT 3"))
        .hasSize(3);
    assertThat(
            query(
                database,
                "SELECT concat_ws(' ', status, file_count, size_bytes, dataset_type, path, created_by, created_at > (now() AT TIME ZONE 'Asia/Shanghai') - interval '5 minutes', updated_at <= now() AT TIME ZONE 'Asia/Shanghai', updated_at >= created_at) FROM t_dm_datasets WHERE id = '%s'"
                    .formatted(target)))
        .containsExactly("ACTIVE 3 30 TEXT %s/%s mia t t t".formatted(server.dataRoot(), target));
    assertThat(
            query(
                database,
                "SELECT concat_ws(' ', n.node_type, n.name = d.name, e.edge_type, e.name, e.from_node_id, e.process_id) FROM t_lineage_edge e JOIN t_lineage_node n ON n.id = e.to_node_id AND n.graph_id = e.graph_id"
                    + " JOIN t_dm_datasets d ON d.id = n.id WHERE e.to_node_id = '%s'"
                        .formatted(target)))
        .containsExactly("DATASET t DATA_RATIO all d-text " + task.get("id").asString());
    assertThat(
            query(
                database,
                "SELECT status FROM t_st_ratio_instances WHERE id IN ('r-left', 'r-runs') ORDER BY id"))
        .as("never run")
        .containsExactly("PENDING", "RUNNING");
    assertThat(DataMateForTests.shape(database)).isEqualTo(shape);
  }

  private static void isShownAsFailed_onceItIsCancelled(HttpForTests mia, String id)
      throws Exception {
    execute(
        database,
        "UPDATE admix.tasks SET status = 'CANCELLED' WHERE id = '%1$s'; UPDATE t_st_ratio_instances SET status = 'FAILED' WHERE id = '%1$s'"
            .formatted(id));
    JsonNode listed = mia.get(TASKS + "?name=high").json().get("data").get("content").get(0);
    for (JsonNode told : List.of(RatioKit.details(mia, id), listed)) {
      assertThat(told.get("status").asString()).isEqualTo("FAILED");
      assertThat(told.get("state").asString()).isEqualTo("CANCELLED");
    }
  }

  private static String files(String dataset) {
    return "SELECT concat_ws(' ', file_name, coalesce(file_type, '-'), file_size, coalesce(check_sum, '-'), coalesce(tags::text, '-'), coalesce(tags_updated_at::text, '-'), coalesce(annotation::text, '-'), coalesce(metadata::text, '-'), status)"
        + " FROM t_dm_dataset_files WHERE dataset_id = '%s' ORDER BY file_name COLLATE \"C\" DESC, file_path OFFSET %d"
            .formatted(dataset, dataset.equals("d-text") ? 2 : 0);
  }

  @Test
  @Order(3)
  void rowsOfDataMatesAreDeletedByWhoSeesThem() throws Exception {
    HttpForTests mia = mia();
    assertThat(mia.delete(TASKS + "?ids=r-runs&ids=r-left").status()).isEqualTo(200);
    assertThat(
            query(database, "SELECT id FROM t_st_ratio_instances WHERE id LIKE 'r-%' ORDER BY id"))
        .containsExactly("r-done", "r-null", "r-runs", "r-twin");
  }

  /** Executes what docs/datamate.md says, word by word. */
  @Test
  @Order(4)
  void leaving_keepsWhatIsDataMates() throws Exception {
    mia();
    String instances = "SELECT to_jsonb(i)::text FROM t_st_ratio_instances i ORDER BY id";
    String datasets = "SELECT to_jsonb(d)::text FROM t_dm_datasets d ORDER BY id";
    String files = "SELECT to_jsonb(f)::text FROM t_dm_dataset_files f ORDER BY id";
    List<String> before = query(database, instances);
    List<String> datasetsBefore = query(database, datasets);
    List<String> filesBefore = query(database, files);
    assertThat(before).hasSize(6);
    execute(
        database,
        "INSERT INTO t_dm_datasets (id, name, dataset_type) VALUES ('half', 'half', 'TEXT'), ('read', 'read', 'TEXT'); INSERT INTO admix.datasets (dataset_id, kind) VALUES ('half', 'MIXED'), ('read', 'SCANNED')");
    // A plan that was executed again after its dataset was published.
    execute(
        database,
        "INSERT INTO admix.tasks SELECT (jsonb_populate_record(NULL::admix.tasks, to_jsonb(t) || '{\"id\":\"again\",\"status\":\"FAILED\"}')).* FROM (SELECT * FROM admix.tasks WHERE status = 'COMPLETED' LIMIT 1) t");
    execute(database, sql());
    assertThat(query(database, instances)).isEqualTo(before);
    assertThat(query(database, datasets)).isEqualTo(datasetsBefore);
    assertThat(query(database, files)).isEqualTo(filesBefore);
    assertThat(DataMateForTests.shape(database)).isEqualTo(shape);
    assertThat(query(database, "SELECT nspname FROM pg_namespace WHERE nspname = 'admix'"))
        .isEmpty();
  }

  private static String sql() throws Exception {
    String page = Files.readString(Path.of("../docs/datamate.md"));
    String begin = "```sql\n";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf("```", from));
  }
}
