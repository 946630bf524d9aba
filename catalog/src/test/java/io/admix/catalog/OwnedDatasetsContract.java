package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.DatasetQuery.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each owner finds, on every database. */
public abstract class OwnedDatasetsContract extends CatalogContract {
  private static final Actor ALICE = Actor.of("alice");
  private static final Actor BOB = Actor.of("bob");

  private Dataset registerFor(String owner, String name, NewFile... files) {
    try (FileWriter writer = datasets.register(owner, name, "/data/" + name, "TEXT")) {
      for (NewFile file : files) {
        writer.add(file);
      }
      return writer.commit();
    }
  }

  private void foreign(String id, String name, String status, @Nullable String createdBy) {
    sql(
        "INSERT INTO t_dm_datasets (id, name, description, dataset_type, path, status, created_by) VALUES (?, ?, 'About Ünder_scores', 'IMAGE', '/x', ?, ?)",
        id,
        name,
        status,
        createdBy);
  }

  private static DatasetQuery named(@Nullable String name, @Nullable String keyword) {
    return new DatasetQuery(name, keyword, null, null, Order.NAME, new PageRequest(1, 100));
  }

  @Test
  void aNameMeansTheActorsOwn_elseTheSystems_neverAnothers() {
    Dataset alices = registerFor("alice", "code", file("a"));
    foreign("bobs", "code", "ACTIVE", "bob");
    foreign("carols", "code", "ACTIVE", "carol");
    foreign("everybodys", "shared", "ACTIVE", null);

    assertThat(datasets.find(ALICE, "code")).contains(alices);
    assertThat(datasets.find(BOB, "code")).map(Dataset::id).contains("bobs");
    assertThat(datasets.find(Actor.of("dave"), "code")).isEmpty();
    assertThat(datasets.find(Actor.SYSTEM, "code")).as("Admix's own first").contains(alices);
    assertThat(datasets.find(ALICE, "shared")).map(Dataset::id).contains("everybodys");
    assertThat(datasets.find("shared")).map(Dataset::owner).contains("system");
    foreign("bobs-too", "code", "ACTIVE", "bob");
    assertThatThrownBy(() -> datasets.find(BOB, "code"))
        .isInstanceOf(AmbiguousNameException.class)
        .hasMessageContaining("bobs-too")
        .hasMessageNotContaining("carols");
    assertThat(datasets.names(BOB, 10)).containsExactly("code", "code", "shared");
    assertThat(datasets.names(BOB, 2)).containsExactly("code", "code");
  }

  @Test
  void whatIsNoNameIsAnId_ofWhatMayBeSeen() {
    Dataset alices = registerFor("alice", "code", file("a"));
    foreign("old", "old", "ARCHIVED", "bob");
    Task made = create("mix");

    assertThat(datasets.resolve(ALICE, alices.id())).contains(alices);
    assertThat(datasets.resolve(BOB, alices.id())).isEmpty();
    assertThat(datasets.resolve(BOB, "old")).map(Dataset::status).contains("ARCHIVED");
    assertThat(datasets.resolve(ALICE, "old")).isEmpty();
    assertThat(datasets.resolve(Actor.SYSTEM, made.datasetId())).as("not made yet").isEmpty();
  }

  @Test
  void namesAreClaimedPerOwner_andAnotherOwnersForeignNameIsNotInTheWay() {
    registerFor("alice", "code", file("a"));
    registerFor("bob", "code", file("b"));
    foreign("carols", "theirs", "ACTIVE", "carol");
    registerFor("alice", "theirs", file("a"));
    assertThatThrownBy(() -> registerFor("carol", "theirs", file("a")))
        .isInstanceOf(NameTakenException.class);
    assertThatThrownBy(() -> registerFor("system", "code", file("a")))
        .isInstanceOf(NameTakenException.class);
    Dataset bobs = datasets.find(BOB, "code").orElseThrow();
    try (FileWriter again = datasets.rescan(bobs)) {
      again.add(file("other"));
      assertThat(again.commit().owner()).isEqualTo("bob");
    }
  }

  @Test
  void aListHoldsWhatMayBeSeen_pageByPage() {
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      registerFor(i % 2 == 0 ? "alice" : "system", "d" + i, file("a"));
    }
    registerFor("bob", "bobs", file("a"));
    DatasetQuery newest =
        new DatasetQuery(null, null, null, "ACTIVE", Order.NEWEST, new PageRequest(2, 2));

    assertThat(datasets.list(ALICE, newest))
        .satisfies(page -> {
          assertThat(page.total()).isEqualTo(5);
          assertThat(page.items()).extracting(Dataset::name).containsExactly("d2", "d1");
        });
    assertThat(datasets.list(BOB, DatasetQuery.active(new PageRequest(1, 2))).items())
        .extracting(Dataset::name)
        .containsExactly("bobs", "d1");
    assertThat(datasets.list(Actor.SYSTEM, named(null, null)).total()).isEqualTo(6);
    assertThat(datasets.list(ALICE, DatasetQuery.active(new PageRequest(9, 2))).items()).isEmpty();
  }

  @Test
  void aListIsNarrowedByTextTypeAndState_whereSignsMeanThemselves() {
    registerFor("alice", "100%_Code!", file("a"));
    registerFor("alice", "Äpfel", file("a"));
    foreign("f", "foreign", "ARCHIVED", "alice");
    create("being made");

    assertThat(names(named("%_co", null))).containsExactly("100%_Code!");
    assertThat(names(named("e!", null))).containsExactly("100%_Code!");
    assertThat(names(named("1_0", null))).isEmpty();
    assertThat(names(named("Ä", null))).containsExactly("Äpfel");
    assertThat(names(named(null, "ABOUT"))).containsExactly("foreign");
    assertThat(names(named("about", null))).isEmpty();
    assertThat(names(named(null, null)))
        .containsExactly("100%_Code!", "being made", "foreign", "Äpfel");
    assertThat(
            names(
                new DatasetQuery(
                    null, null, "IMAGE", "ARCHIVED", Order.NAME, new PageRequest(1, 9))))
        .containsExactly("foreign");
  }

  private List<String> names(DatasetQuery query) {
    return datasets.list(Actor.SYSTEM, query).items().stream().map(Dataset::name).toList();
  }

  @Test
  void whatIsBeingRegisteredOrRemovedIsInNoList() {
    Task mix = publish("mix", List.of(), row("a"));
    datasets.beginRemoval(datasets.byId(mix.datasetId()).orElseThrow());
    try (FileWriter writer = datasets.register("alice", "half", "/data/half", "TEXT")) {
      writer.add(file("a"));
      assertThat(names(named(null, null))).isEmpty();
    }
  }

  @Test
  void rowsOfAMixThatIsRemovedGoInSteps_andAfterACrashTheSameCallGoesOn() {
    Task mix = publish("mix", List.of(), row("a"), row("b"), row("c"), row("d"), row("e"));
    Task other = publish("other", List.of(), row("f"));
    Dataset dataset = datasets.byId(mix.datasetId()).orElseThrow();
    datasets.beginRemoval(dataset);
    int[] gone = {0};
    database()
        .change(
            Database.Durability.BATCH,
            session -> gone[0] = DatasetRows.deleteSomeFiles(session, dataset.id(), 2));
    assertThat(gone[0]).isEqualTo(2);
    assertThat(rowsOf(mix)).isEqualTo(3);
    assertThat(datasets.removing()).extracting(Dataset::id).containsExactly(dataset.id());

    ((SqlDatasets) datasets).deleteRowsInSteps(dataset.id(), 2);
    assertThat(rowsOf(mix)).isZero();
    assertThat(datasets.removing()).as("its name is claimed still").hasSize(1);
    sql("UPDATE {a}tasks SET status = 'RUNNING' WHERE id = ?", mix.id());
    datasets.remove(dataset);
    assertThat(datasets.removing()).isEmpty();
    assertThat(datasets.byId(dataset.id())).isEmpty();
    assertThat(rowsOf(other)).isEqualTo(1);
  }

  private long rowsOf(Task mix) {
    return count("SELECT COUNT(*) FROM t_dm_dataset_files WHERE dataset_id = ?", mix.datasetId());
  }

  @Test
  void filesAreShownFromWhereThePageBeforeEnded() {
    Dataset dataset = registerFor("alice", "code", tagged("a"), file("b"), file("c/d"));
    sql("UPDATE t_dm_dataset_files SET file_path = '/etc/passwd' WHERE file_path = '/data/code/b'");
    List<DatasetFile> seen = new ArrayList<>();
    int pages = 0;
    @Nullable String next = null;
    do {
      FilePage page = datasets.files(dataset, next, 1);
      seen.addAll(page.items());
      next = page.next();
      pages++;
    } while (next != null && pages < 9);

    assertThat(seen).extracting(DatasetFile::path).containsExactlyInAnyOrder("a", "c/d");
    assertThat(pages).isEqualTo(4);
    assertThat(seen)
        .filteredOn(file -> file.path().equals("a"))
        .singleElement()
        .satisfies(file -> {
          assertThat(file.size()).isEqualTo(7);
          assertThat(file.modified()).isEqualTo(MODIFIED);
          assertThat(file.labels())
              .containsExactly(
                  new DatasetFile.Label("quality", "high"),
                  new DatasetFile.Label("quality", "top"));
        });
  }

  @Test
  void aFolderOfADatasetIsFoundAmongMany_byWhoMaySeeIt() {
    registerFor("alice", "code", file("a"));
    List<String> above = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      above.add("/data/code/" + i);
    }
    assertThat(datasets.hasFolder(ALICE, above)).isFalse();
    above.add("/data/code");
    assertThat(datasets.hasFolder(ALICE, above)).isTrue();
    assertThat(datasets.hasFolder(Actor.SYSTEM, above)).isTrue();
    assertThat(datasets.hasFolder(BOB, above)).isFalse();
    assertThat(datasets.hasFolder(ALICE, List.of())).isFalse();
  }

  @Test
  void labelsLongerThanALineCountAsOthers() {
    String tags = TAGS.replace("\"top\"", "\"" + "x".repeat(5_000) + "\"");
    Dataset dataset =
        registerFor("alice", "code", new NewFile("a", 1, MODIFIED, null, tags, null, null));
    Distribution distribution = datasets.distribution(dataset);
    assertThat(distribution.labels().get("quality")).containsOnlyKeys("high");
    assertThat(distribution.otherValues()).isEqualTo(1);
  }

  @Test
  void lineageIsReadFromAnyNode() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      ids.add("source-" + i);
      sql(
          "INSERT INTO t_lineage_node (id, graph_id, node_type, name) VALUES (?, 'g', 'DATASET', ?)",
          ids.get(i),
          "name " + i);
      sql(
          "INSERT INTO t_lineage_edge (id, process_id, graph_id, edge_type, name, from_node_id, to_node_id) VALUES (?, 'task', 'g', 'DATA_RATIO', 'mix', ?, 'target')",
          "edge-" + i,
          ids.get(i));
    }
    LineageRows lineage = catalog.lineage();
    assertThat(lineage.nodes(ids)).extracting(LineageRows.Node::id).hasSize(150);
    assertThat(lineage.nodes(Set.of("source-7", "nobody")))
        .containsExactly(new LineageRows.Node("source-7", "DATASET", "name 7"));
    assertThat(lineage.edgesAt(Set.of("target"), 1_000)).hasSize(150);
    assertThat(lineage.edgesAt(Set.of("target"), 20)).hasSize(20);
    assertThat(lineage.edgesAt(ids, 1_000)).as("each once").hasSize(150);
    assertThat(lineage.edgesAt(List.of("source-3", "target"), 1_000)).hasSize(150);
    assertThat(lineage.edgesAt(Set.of("source-3"), 9))
        .containsExactly(
            new LineageRows.Edge("edge-3", "task", "DATA_RATIO", "mix", "source-3", "target"));
    assertThat(lineage.edgesAt(Set.of(), 9)).isEmpty();
  }
}
