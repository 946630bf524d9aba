package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see who look into a dataset, on every database. */
public abstract class DatasetLooksContract extends CatalogContract {

  private static NewFile modified(String path, Instant time) {
    return new NewFile(path, 1, time, null, null, null, null);
  }

  private List<String> found(Dataset dataset, @Nullable String contained) {
    List<String> paths = new ArrayList<>();
    @Nullable String after = null;
    do {
      FilePage page = datasets.files(dataset, contained, after, 2);
      page.items().forEach(file -> paths.add(file.path()));
      after = page.next();
    } while (after != null);
    paths.sort(null);
    return paths;
  }

  @Test
  void aSearchFindsWhatIsContainedBelowTheFolder_whateverTheCase_pageByPage() {
    Dataset dataset =
        register(
            "Ünder_data",
            file("Cats/One.txt"),
            file("cats/two.txt"),
            file("dogs/100%.txt"),
            file("dogs/a_b.txt"),
            file("dogs/axb.txt"),
            file("dogs/bobcat.txt"));
    register("other", file("cats/other.txt"));

    assertThat(found(dataset, "CAT"))
        .containsExactly("Cats/One.txt", "cats/two.txt", "dogs/bobcat.txt");
    assertThat(found(dataset, "%")).containsExactly("dogs/100%.txt");
    assertThat(found(dataset, "a_b")).containsExactly("dogs/a_b.txt");
    assertThat(found(dataset, "/data/")).isEmpty();
    assertThat(found(dataset, "nder_data")).isEmpty();
    assertThat(found(dataset, "'; --")).isEmpty();
    assertThat(found(dataset, null)).hasSize(6);
  }

  @Test
  void aFileIsFoundByItsId_inItsOwnDatasetOnly_andLabelNamesByAFewFiles() {
    Dataset dataset = register("code", tagged("a"), file("b"));
    Dataset other = register("other", file("c"));
    assertThat(datasets.labelNames(dataset)).containsExactly("quality");
    assertThat(datasets.labelNames(other)).isEmpty();
    String id = ids(dataset).get("a");

    assertThat(datasets.file(dataset, id))
        .hasValueSatisfying(file -> {
          assertThat(file.path()).isEqualTo("a");
          assertThat(file.size()).isEqualTo(7);
          assertThat(file.modified()).isEqualTo(MODIFIED);
          assertThat(file.labels())
              .containsExactly(
                  new DatasetFile.Label("quality", "high"),
                  new DatasetFile.Label("quality", "top"));
        });
    assertThat(datasets.file(other, id)).isEmpty();
    assertThat(datasets.file(dataset, "no such id")).isEmpty();
    sql("UPDATE t_dm_dataset_files SET file_path = '/data/code/../other/c' WHERE id = ?", id);
    assertThat(datasets.file(dataset, id)).as("a path that leaves its folder").isEmpty();
  }

  @Test
  void daysAreCountedWhereTheyAreFew_monthsAlways() {
    Dataset few =
        register(
            "few",
            modified("a", MODIFIED),
            modified("b", MODIFIED.plusSeconds(1)),
            modified("c", MODIFIED.plus(2, ChronoUnit.DAYS)));
    assertThat(datasets.distribution(few).days().toString())
        .isEqualTo("{2025-06-01=2, 2025-06-03=1}");
    List<NewFile> files = new ArrayList<>();
    for (int day = 0; day <= Distribution.DAYS_MAX; day++) {
      files.add(modified("f" + day, MODIFIED.plus(day, ChronoUnit.DAYS)));
    }
    Distribution full =
        datasets.distribution(
            register("full", files.subList(0, files.size() - 1).toArray(NewFile[]::new)));
    assertThat(full.days()).hasSize(Distribution.DAYS_MAX);
    Distribution many = datasets.distribution(register("many", files.toArray(NewFile[]::new)));
    assertThat(many.days()).isEmpty();
    assertThat(many.months().keySet()).containsExactly("2025-06", "2025-07", "2025-08", "2025-09");
  }

  @Test
  void datasetsAreFoundByTheirFolder_asFarAsTheActorSeesThem_andListedBySize() {
    Dataset shared = register("shared", file("a"), file("b"));
    try (FileWriter writer = datasets.register("bob", "bobs", "/data/bobs", "TEXT")) {
      writer.add(file("much longer"));
      writer.commit();
    }
    List<String> paths = List.of("/data/shared", "/data/bobs", "/data/none");
    assertThat(datasets.inFolders(Actor.of("alice"), paths)).containsExactly(shared);
    assertThat(datasets.inFolders(Actor.of("bob"), paths))
        .extracting(Dataset::name)
        .containsExactly("bobs", "shared");
    assertThat(datasets.inFolders(Actor.SYSTEM, List.of())).isEmpty();
    assertThat(names(DatasetQuery.Order.LARGEST)).containsExactly("bobs", "shared");
    assertThat(names(DatasetQuery.Order.MOST_FILES)).containsExactly("shared", "bobs");
    sql("UPDATE t_dm_datasets SET status = 'ARCHIVED' WHERE id = ?", shared.id());
    assertThat(datasets.inFolders(Actor.of("alice"), paths)).isEmpty();
  }

  private List<String> names(DatasetQuery.Order order) {
    return datasets
        .list(
            Actor.SYSTEM,
            new DatasetQuery(null, null, null, "ACTIVE", order, new PageRequest(1, 10)))
        .items()
        .stream()
        .map(Dataset::name)
        .toList();
  }

  @Test
  void edgesOfOneNode_theNewestFirst_andWhenRowsWereLastWritten() {
    Dataset source = register("source", file("a"));
    assertThat(source.updatedAt()).isAfterOrEqualTo(source.createdAt());
    clock.advance(Duration.ofHours(1));
    try (FileWriter again = datasets.rescan(source)) {
      again.add(file("a"));
      assertThat(again.commit().updatedAt()).isEqualTo(clock.instant());
    }
    Publication.LineageSource from =
        new Publication.LineageSource(source.id(), source.name(), true);
    Task first = publish("first", List.of(from), row("a"));
    Task second = publish("second", List.of(from), row("a"));
    assertThat(catalog.lineage().edgesFrom(Actor.SYSTEM, source.id(), 10))
        .extracting(LineageRows.Edge::to)
        .containsExactly(second.datasetId(), first.datasetId());
    assertThat(catalog.lineage().edgesFrom(Actor.SYSTEM, source.id(), 1)).hasSize(1);
    assertThat(catalog.lineage().edgesFrom(Actor.SYSTEM, first.datasetId(), 10)).isEmpty();

    sql("UPDATE t_dm_datasets SET created_by = 'alice' WHERE id = ?", first.datasetId());
    sql("UPDATE t_dm_datasets SET created_by = 'bob' WHERE id = ?", second.datasetId());
    assertThat(catalog.lineage().edgesFrom(Actor.of("alice"), source.id(), 1))
        .as("what is somebody else's takes no place")
        .extracting(LineageRows.Edge::to)
        .containsExactly(first.datasetId());
    sql("UPDATE t_lineage_edge SET to_node_id = ?", first.datasetId());
    assertThat(catalog.lineage().edgesFrom(Actor.of("alice"), source.id(), 10)).hasSize(1);
  }
}
