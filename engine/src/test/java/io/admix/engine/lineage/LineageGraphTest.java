package io.admix.engine.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.StopSignal;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.lineage.Graph.Edge;
import io.admix.engine.lineage.Graph.Kind;
import io.admix.engine.lineage.Graph.Node;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.verify.DamagedManifestException;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was made of what, as far as one may see it; and where each file came from. */
class LineageGraphTest {
  private static final Actor ALICE = Actor.of("alice");

  @TempDir Path temporary;
  private Path folder;
  private Admix admix;

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    admix = Admix.open(SettingsLoader.load(SettingsInput.forHome(folder.resolve("home"))));
  }

  @AfterEach
  void close() {
    admix.close();
  }

  private void sql(String statement, Object... arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection(admix.settings().databaseUrl());
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < arguments.length; i++) {
        update.setObject(i + 1, arguments[i]);
      }
      update.executeUpdate();
    }
  }

  private void dataset(String id, String owner) throws Exception {
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status, file_count, created_by) VALUES (?, ?, 'TEXT', '/x', 'ACTIVE', 7, ?)",
        id,
        "name of " + id,
        owner);
    node(id, "DATASET");
  }

  private void node(String id, String type) throws Exception {
    sql(
        "INSERT INTO t_lineage_node (id, graph_id, node_type, name) VALUES (?, 'g', ?, ?)",
        id,
        type,
        "name of " + id);
  }

  private void edge(String from, String to) throws Exception {
    sql(
        "INSERT INTO t_lineage_edge (id, process_id, graph_id, edge_type, name, from_node_id, to_node_id) VALUES (?, ?, 'g', 'DATA_RATIO', ?, ?, ?)",
        from + ">" + to,
        "task of " + to,
        "making " + to,
        from,
        to);
  }

  @Test
  void whatOthersMadeIsALeafWithoutAName_andHidesWhatIsBehindIt() throws Exception {
    dataset("shared", "system");
    dataset("mine", "alice");
    dataset("bobs", "bob");
    dataset("behind", "alice");
    node("folder", "FOLDER");
    node("gone", "DATASET");
    edge("shared", "mine");
    edge("folder", "mine");
    edge("gone", "mine");
    edge("shared", "bobs");
    edge("bobs", "behind");

    Graph graph = admix.lineage().around(ALICE, "mine", 100);

    assertThat(graph.nodes())
        .containsExactlyInAnyOrder(
            new Node("mine", Kind.DATASET, "name of mine", 7),
            new Node("shared", Kind.DATASET, "name of shared", 7),
            new Node("folder", Kind.FOLDER, "name of folder", -1),
            new Node("gone", Kind.DATASET, "name of gone", -1),
            new Node("hidden-1", Kind.HIDDEN, "hidden", -1));
    assertThat(graph.edges())
        .containsExactlyInAnyOrder(
            new Edge("shared", "mine", "DATA_RATIO", "task of mine", "making mine"),
            new Edge("folder", "mine", "DATA_RATIO", "task of mine", "making mine"),
            new Edge("gone", "mine", "DATA_RATIO", "task of mine", "making mine"),
            new Edge("shared", "hidden-1", "DATA_RATIO", null, null));
    assertThat(graph.truncated()).isFalse();
    assertThat(graph.toString()).doesNotContain("bob", "behind");
    assertThat(admix.lineage().around(Actor.SYSTEM, "mine", 100).nodes())
        .extracting(Node::id)
        .contains("bobs", "behind");
    assertThatThrownBy(() -> admix.lineage().around(ALICE, "bobs", 100))
        .isInstanceOf(NotThereException.class);
  }

  @Test
  void aGraphIsCutWhereItIsTooLarge_theNearestFirst() throws Exception {
    dataset("d0", "system");
    for (int i = 1; i <= 30; i++) {
      dataset("d" + i, "system");
      edge("d" + (i - 1), "d" + i);
    }
    Graph graph = admix.lineage().around(ALICE, "d15", 5);
    assertThat(graph.truncated()).isTrue();
    assertThat(graph.nodes())
        .extracting(Node::id)
        .containsExactlyInAnyOrder("d13", "d14", "d15", "d16", "d17");
    assertThat(graph.edges()).hasSize(4);
    assertThat(admix.lineage().around(ALICE, "d15", 31).truncated()).isFalse();
    assertThat(admix.lineage().around(ALICE, "d15", 1).nodes()).hasSize(1);
    assertThatThrownBy(() -> admix.lineage().around(ALICE, "d15", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachFileOfAMixIsTracedToItsSource() throws Exception {
    for (String name : List.of("a", "b")) {
      Path source = Files.createDirectories(folder.resolve(name).resolve("deep"));
      for (int i = 0; i < 10; i++) {
        Files.writeString(source.resolve("f" + i), name.repeat(i));
      }
      Sources.watch(folder.resolve(name));
    }
    admix
        .datasets()
        .add(
            new AddRequest(
                "data",
                folder.resolve("a"),
                null,
                null,
                DatasetService.FolderLabels.NONE,
                DatasetService.Checksums.NONE),
            DatasetService.Progress.SILENT);
    String recipe =
        "name: mix\ntarget: out\nseed: 1\nsources:\n  - dataset: data\n    count: 10\n  - path: b\n    count: 4\n";
    admix
        .mixes()
        .run(
            RecipeReader.read(recipe, folder),
            OptionalLong.empty(),
            RunProgress.Listener.SILENT,
            new StopSignal());

    LineageGraph lineage = admix.lineage();
    String id = admix.sharedDatasets().find(ALICE, "data").id();
    assertThat(lineage.originOf(ALICE, "mix", "data/deep/f3"))
        .contains(
            new LineageGraph.Origin(
                "data/deep/f3", "data", id, "data", "deep/f3", LinkMethod.HARDLINK, 3));
    String other;
    try (Stream<Path> files = Files.list(folder.resolve("out/b/deep"))) {
      other = files.findFirst().orElseThrow().getFileName().toString();
    }
    assertThat(lineage.originOf(ALICE, "mix", "b/deep/" + other))
        .hasValueSatisfying(origin -> {
          assertThat(origin.sourceDatasetId()).isNull();
          assertThat(origin.from()).isEqualTo("deep/" + other);
        });
    assertThat(lineage.originOf(ALICE, "mix", "nothing")).isEmpty();
    assertThatThrownBy(() -> lineage.originOf(ALICE, "data", "f"))
        .isInstanceOf(NotThereException.class);
    assertThat(lineage.around(ALICE, "mix", 10).nodes())
        .extracting(Node::name)
        .containsExactlyInAnyOrder("mix", "data", "b");

    sql("UPDATE t_dm_datasets SET created_by = 'bob' WHERE name = 'data'");
    assertThat(lineage.originOf(ALICE, "mix", "data/deep/f3"))
        .hasValueSatisfying(origin -> assertThat(origin.sourceDataset()).isNull());
    damageManifest();
    assertThatThrownBy(() -> lineage.originOf(ALICE, "mix", "data/deep/f3"))
        .isInstanceOf(DamagedManifestException.class);
  }

  private void damageManifest() throws Exception {
    try (Stream<Path> state = Files.walk(admix.settings().stateDir())) {
      Path manifest =
          state.filter(file -> file.endsWith("manifest.jsonl")).findFirst().orElseThrow();
      Files.writeString(manifest, Files.readString(manifest).replace("deep/f3", "deep/f9"));
    }
  }
}
