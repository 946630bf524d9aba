package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that another system registered: a file may have several rows, a row any path. */
class PlannerForeignTest {
  @TempDir Path folder;
  private PlanKit kit;
  private String root;
  private int rows;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
    root = Files.createDirectories(kit.folder.resolve("theirs")).toString();
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('f-id', 'f', 'TEXT', ?, 'ACTIVE')",
        root);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private void sql(String statement, Object... values) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  private void row(String absolute, String label) throws Exception {
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, tags, status) VALUES (?, 'f-id', ?, ?, 1, ?, 'ACTIVE')",
        "row-%03d".formatted(rows++),
        absolute.substring(absolute.lastIndexOf('/') + 1),
        absolute,
        label == null
            ? null
            : "[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\""
                + label
                + "\"]}}]");
  }

  @Test
  void rowsOfOneFile_areCountedOnce() throws Exception {
    for (String name : new String[] {"b", "a", "Z", "b", "a", "a"}) {
      row(root + "/d/" + name, null);
    }
    PlanKit.Planned planned =
        kit.plan("name: m\nseed: 1\ntotal: max\nsources:\n  - {dataset: f, percent: 100}\n");
    assertThat(planned.paths(0)).containsExactly("d/Z", "d/a", "d/b");
    assertThat(planned.summary().sources().getFirst().available()).isEqualTo(3);
    assertThat(planned.summary().warnings())
        .contains("dataset `f`: 3 rows of files that have another row, each file counted once");
  }

  @Test
  void aFileMatches_whenAnyOfItsRowsDoes_inWhateverOrderTheyStand() throws Exception {
    row(root + "/first", "high");
    row(root + "/first", "low");
    row(root + "/second", "low");
    row(root + "/second", "high");
    row(root + "/never", "low");
    row(root + "/never", null);
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\nsources:\n  - {dataset: f, count: 2, label: {name: quality, values: [high]}}\n"
                + "  - {dataset: f, name: rest, count: 1, label: {name: quality, values: [low]}}\n");
    assertThat(planned.paths(0)).containsExactly("first", "second");
    assertThat(planned.paths(1)).as("taken files are not taken again").containsExactly("never");
    assertThat(planned.summary().sources()).extracting("available").containsExactly(2L, 3L);
    assertThat(planned.mains())
        .extracting("sourceName", "rowId")
        .contains(
            org.assertj.core.groups.Tuple.tuple("first", "row-000"),
            org.assertj.core.groups.Tuple.tuple("second", "row-003"));
  }

  @Test
  void rowsOutsideTheirFolder_areLeftOutCountedAndNamed() throws Exception {
    row(root + "/fine", null);
    for (String path :
        new String[] {"/../x", "/x/../y", "/./p", "/q//r", "/dir/", "/.admix-1.part"}) {
      row(root + path, null);
    }
    row("/etc/passwd", null);
    PlanKit.Planned planned = kit.plan("name: m\nseed: 1\nsources:\n  - {dataset: f, count: 1}\n");
    assertThat(planned.paths(0)).containsExactly("fine");
    assertThat(planned.summary().sources().getFirst().available()).isEqualTo(1);
    assertThat(planned.summary().warnings())
        .contains(
            "dataset `f`: 7 rows left out, their paths are outside its folder %s, not in normal form or reserved: `/etc/passwd`, `%s/../x`, `%s/./p`, `%s/.admix-1.part`, `%s/dir/`, …"
                .formatted(root, root, root, root, root));
  }
}
