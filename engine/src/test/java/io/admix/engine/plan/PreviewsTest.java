package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.catalog.FileWriter;
import io.admix.catalog.Matching;
import io.admix.catalog.NewFile;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.RecipeWriter;
import io.admix.engine.AllowedRoots;
import io.admix.engine.NotThereException;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.recipe.RecipeYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a recipe while it is written, against the plan that is sealed of it. */
class PreviewsTest {
  private static final int ROUNDS = 40;

  /** Compared with their previews. */
  private static final int PLANS = 25;

  private static final int ROUNDS_MOST = 5_000;
  private static final String LETTERS = "abcd";

  /** Each by the letters of the filters that it passes. */
  private static final List<String> SHARED =
      List.of("ab1", "abc2", "abd3", "ab4", "bcd5", "bc6", "cd7", "d8");

  @TempDir Path folder;
  private PlanKit kit;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Previews previews;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
    previews =
        new CatalogPreviews(kit.catalog, AllowedRoots.ANY, kit.folder, PlanKit.ZONE, () -> now);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private Preview preview(String yaml) {
    return preview(Actor.SYSTEM, yaml);
  }

  private Preview preview(Actor actor, String yaml) {
    return previews.preview(actor, RecipeReader.document(yaml));
  }

  private void register(String name, int files) throws Exception {
    kit.register(name, IntStream.range(0, files).mapToObj(i -> "f" + i).toList());
  }

  @Test
  void whatIsTold_isWhatThePlanSeals() throws Exception {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    for (int i = 0; i < 3; i++) {
      kit.register("d" + i, paths(random));
    }
    int exact = 0;
    for (int round = 0; exact < PLANS; round++) {
      assertThat(round).as("recipes of test seed %d", testSeed).isLessThan(ROUNDS_MOST);
      String yaml = recipe(random, round);
      String about = "test seed " + testSeed + "\n" + yaml;
      Preview preview = preview(yaml);
      assertThat(preview.draft().asked() != null).as(about).isEqualTo(isValid(yaml));
      Preview.Outcome outcome = preview.outcome();
      if (outcome == null) {
        continue;
      }
      assertThat(preview.isReady()).as(about).isEqualTo(outcome.verdict() == Preview.Verdict.CAN);
      if (outcome.certainty() == Preview.Certainty.EXACT) {
        exact++;
        assertIsSealed(outcome, yaml, about);
      }
    }
  }

  /** A share below one file, of which is compared whether anything at all is left. */
  @Test
  void whetherAShareThatRoundsToNoneIsThere_isNotCalledExact_whereRanksDecide() throws Exception {
    List<String> paths = new ArrayList<>();
    IntStream.range(0, 11).forEach(i -> paths.add("a" + i));
    IntStream.range(0, 8).forEach(i -> paths.add("b" + i));
    IntStream.range(0, 3).forEach(i -> paths.add("bc" + i));
    kit.register("d", paths);
    String recipe =
        """
        name: m
        seed: %d
        total: 10
        on-shortage: redistribute
        sources:
          - {dataset: d, name: a, weight: 3, include: ['a*']}
          - {dataset: d, name: b, weight: 58, include: ['b*']}
          - {dataset: d, name: c, weight: 2, include: ['bc*']}
        """;
    assertThat(kit.register("e", SHARED).files()).isEqualTo(SHARED.size());
    String counted =
        """
        name: m
        seed: %d
        total: 4
        on-shortage: redistribute
        sources:
          - {dataset: e, name: a, count: 1, include: ['*a*']}
          - {dataset: e, name: b, weight: 1, include: ['*b*']}
          - {dataset: e, name: c, weight: 4, include: ['*c*']}
          - {dataset: e, name: d, weight: 4, include: ['*d*']}
        """;
    for (int seed = 0; seed < 12; seed++) {
      for (String each : List.of(recipe.formatted(seed), counted.formatted(seed))) {
        Preview.Outcome outcome = preview(each).outcome();
        if (outcome.certainty() == Preview.Certainty.EXACT) {
          assertIsSealed(outcome, each, each);
        }
      }
    }
  }

  private void assertIsSealed(Preview.Outcome outcome, String yaml, String about) throws Exception {
    PlanSummary plan;
    try {
      plan = kit.plan(yaml).summary();
    } catch (InfeasibleException e) {
      assertThat(outcome.verdict())
          .as("%s: %s", e.getMessage(), about)
          .isEqualTo(Preview.Verdict.CANNOT);
      return;
    } catch (IllegalStateException e) {
      throw new AssertionError(about, e);
    }
    assertThat(outcome.verdict()).as(about).isEqualTo(Preview.Verdict.CAN);
    assertThat(outcome.total()).as(about).isEqualTo(plan.total());
    assertThat(outcome.files()).as(about).isEqualTo(plan.entries());
    for (int i = 0; i < plan.sources().size(); i++) {
      Preview.SourceQuota quota = outcome.quotas().get(i);
      assertThat(List.of(quota.name(), quota.requested(), quota.available(), quota.files()))
          .as("source %d of %s", i, about)
          .isEqualTo(
              List.of(
                  plan.sources().get(i).name(),
                  plan.sources().get(i).requested(),
                  plan.sources().get(i).available(),
                  plan.sources().get(i).achieved()));
    }
    String binding = outcome.binding() < 0 ? null : outcome.quotas().get(outcome.binding()).name();
    assertThat(binding).as(about).isEqualTo(plan.binding());
  }

  private static List<String> paths(Random random) {
    List<String> paths = new ArrayList<>();
    int files = 5 + random.nextInt(30);
    for (int i = 0; i < files; i++) {
      String quality = random.nextBoolean() ? "high" : "low";
      paths.add(LETTERS.charAt(random.nextInt(LETTERS.length())) + quality + i);
    }
    return paths;
  }

  private static String recipe(Random random, int seed) {
    int size = 1 + random.nextInt(4);
    String total =
        switch (random.nextInt(4)) {
          case 0 -> "total: max\n";
          case 1 -> "";
          default -> "total: " + (1 + random.nextInt(30)) + "\n";
        };
    String policy = List.of("fail", "take-all", "redistribute").get(random.nextInt(3));
    StringBuilder yaml =
        new StringBuilder(
            "name: m\nseed: %d\n%son-shortage: %s\nsources:\n".formatted(seed, total, policy));
    boolean isCounts = total.isEmpty();
    for (int i = 0; i < size; i++) {
      String share =
          isCounts || random.nextInt(5) == 0
              ? "count: " + (1 + random.nextInt(9))
              : random.nextInt(4) == 0
                  ? "percent: " + 10 * (1 + random.nextInt(5))
                  : "weight: " + (1 + random.nextInt(4));
      String filter =
          switch (random.nextInt(4)) {
            case 0 -> ", label: {name: quality, values: [high]}";
            case 1 -> ", include: ['[a-" + LETTERS.charAt(random.nextInt(4)) + "]*']";
            case 2 -> ", exclude: ['*low*'], modified: {since: 2025-01-01}";
            default -> "";
          };
      yaml.append(
          "  - {dataset: d%d, name: s%d, %s%s}\n".formatted(random.nextInt(3), i, share, filter));
    }
    return yaml.toString();
  }

  private boolean isValid(String yaml) {
    try {
      kit.recipe(yaml);
      return true;
    } catch (InvalidRecipeException e) {
      return false;
    }
  }

  @Test
  void anUnfinishedRecipe_tellsWhatMatches_andEverythingThatIsMissing() throws Exception {
    register("python", 12);
    Preview preview =
        preview("total: 10\nsources:\n  - {dataset: python}\n  - {dataset: pithon, weigth: 2}\n");
    assertThat(preview.sources().getFirst().matching()).isEqualTo(new Matching(12, 26));
    assertThat(preview.sources().get(1).matching()).isNull();
    assertThat(preview.outcome()).isNull();
    assertThat(preview.isReady()).isFalse();
    assertThat(preview.problems())
        .extracting(Problem::path)
        .contains("name", "sources[0]", "sources[1]", "sources[1].weigth", "sources[1].dataset");
    assertThat(preview.problems().toString())
        .contains("did you mean `weight`?", "did you mean `python`?");
  }

  @Test
  void quotasAreTold_beforeTheMixHasAName() throws Exception {
    register("python", 12);
    Preview preview = preview("total: 10\nsources:\n  - {dataset: python, percent: 100}\n");
    assertThat(preview.outcome().files()).isEqualTo(10);
    assertThat(preview.isReady()).isFalse();
    assertThat(preview.problems()).extracting(Problem::path).containsExactly("name");
  }

  @Test
  void aConditionThatIsNoGood_isNotCountedWithoutIt() throws Exception {
    register("python", 12);
    Preview preview =
        preview(
            "name: m\ntotal: 1\nsources:\n  - {dataset: python, percent: 100, include: ['[']}\n");
    assertThat(preview.sources().getFirst().matching()).isNull();
    assertThat(preview.outcome()).isNull();
    assertThat(preview.problems())
        .extracting(Problem::path)
        .containsExactly("sources[0].include[0]");
  }

  @Test
  void aShortage_isToldWithWhatIsMissing() throws Exception {
    register("big", 100);
    register("small", 3);
    String recipe =
        "name: m\ntotal: 20\non-shortage: %s\nsources:\n  - {dataset: big, percent: 50}\n  - {dataset: small, percent: 50}\n";
    Preview preview = preview(recipe.formatted("fail"));
    assertThat(preview.isReady()).isFalse();
    assertThat(preview.outcome().verdict()).isEqualTo(Preview.Verdict.CANNOT);
    assertThat(preview.outcome().quotas().get(1).isShortBy()).isEqualTo(7);
    assertThat(preview(recipe.formatted("take-all")).outcome().missing()).isEqualTo(7);
    assertThat(preview(recipe.formatted("redistribute")).outcome().quotas().getFirst().files())
        .isEqualTo(17);
  }

  @Test
  void aTakenName_andOneThatIsNearlyTaken_areTold() throws Exception {
    register("Code-Mix", 3);
    String recipe = "name: %s\ntotal: 1\nsources:\n  - {dataset: Code-Mix, percent: 100}\n";
    assertThat(preview(recipe.formatted("Code-Mix")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("is taken by the dataset"));
    assertThat(preview(recipe.formatted("code_mix")).nearName()).isEqualTo("Code-Mix");
    assertThat(preview(recipe.formatted("other")).nearName()).isNull();
  }

  @Test
  void foldersAreNotRead_andLeaveTheLargestMixOpen() throws Exception {
    register("d", 3);
    Path there = kit.file("there/x", 1).getParent();
    String recipe =
        "name: m\ntotal: %s\nsources:\n  - {dataset: d, percent: 50}\n  - {path: %s, percent: 50}\n";
    Preview fixed = preview(recipe.formatted("4", there));
    assertThat(fixed.outcome().certainty()).isEqualTo(Preview.Certainty.ABOUT);
    assertThat(fixed.outcome().quotas().get(1).available()).isNull();
    Preview largest = preview(recipe.formatted("max", there));
    assertThat(largest.outcome()).isNull();
    assertThat(largest.isReady()).isTrue();
    assertThat(preview(recipe.formatted("4", there.resolve("gone"))).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("is not there"));
  }

  @Test
  void othersDatasets_areNotThere() throws Exception {
    Actor bob = Actor.of("bob");
    String hers = Files.createDirectories(kit.folder.resolve("roots/hers")).toString();
    try (FileWriter writer = kit.catalog.datasets().register("alice", "hers", hers, "TEXT")) {
      writer.commit();
    }
    Preview preview =
        preview(bob, "name: m\ntotal: 1\nsources:\n  - {dataset: hers, percent: 100}\n");
    assertThat(preview.problems().toString())
        .contains("there is no dataset `hers`: none is registered yet");
    assertThatThrownBy(() -> previews.labels(bob, "hers")).isInstanceOf(NotThereException.class);
  }

  @Test
  void whatWasCounted_isRememberedForAWhile_unlessTheDatasetChanged() throws Exception {
    kit.register("d", List.of("high-1", "high-2", "low"));
    String recipe =
        "name: m\ntotal: max\nsources:\n  - {dataset: d, weight: %d, label: {values: [high]}}\n";
    assertThat(matching(recipe.formatted(1))).isEqualTo(2);
    sql("DELETE FROM t_dm_dataset_files WHERE file_path LIKE '%high-1'");
    assertThat(matching(recipe.formatted(2))).isEqualTo(2);
    now = now.plus(Duration.ofSeconds(31));
    assertThat(matching(recipe.formatted(3))).isEqualTo(1);
    sql("DELETE FROM t_dm_dataset_files WHERE file_path LIKE '%high-2'");
    sql("UPDATE t_dm_datasets SET file_count = 1");
    assertThat(matching(recipe.formatted(3))).isZero();
    sql(
        "UPDATE t_dm_dataset_files SET tags = '[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"high\"]}}]'");
    assertThat(matching(recipe.formatted(3))).isZero();
    sql("UPDATE t_dm_datasets SET updated_at = updated_at + 1");
    assertThat(matching(recipe.formatted(3))).as("scanned again").isEqualTo(1);
  }

  private long matching(String yaml) {
    return preview(yaml).sources().getFirst().matching().files();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"))) {
      connection.createStatement().executeUpdate(statement);
    }
  }

  @Test
  void rowsOfOneFileOfAnotherSystem_areCountedOnce_withAnyOfTheirLabels() throws Exception {
    String root = kit.folder.resolve("theirs").toString();
    Files.createDirectories(Path.of(root));
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('f-id', 'f', 'TEXT', '%s', 'ACTIVE')"
            .formatted(root));
    String[] rows = {"a:low", "b:low", "a:high", "b:low", "c:high"};
    for (int i = 0; i < rows.length; i++) {
      String[] row = rows[i].split(":");
      sql(
          "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, tags, status) VALUES ('%d', 'f-id', '%s', '%s/%s', %d, '[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"%s\"]}}]', 'ACTIVE')"
              .formatted(i, row[0], root, row[0], i + 1, row[1]));
    }
    Preview preview =
        preview(
            "name: m\ntotal: max\nsources:\n  - {dataset: f, weight: 1}\n  - {dataset: f, weight: 1, label: {values: [low]}}\n");
    assertThat(preview.sources())
        .extracting(Preview.Source::matching)
        .containsExactly(new Matching(3, 8), new Matching(2, 3));
    assertThat(preview.outcome().files())
        .as("b and one of a, b taken before")
        .isEqualTo(
            kit.plan(
                    "name: m\nseed: 1\ntotal: max\nsources:\n  - {dataset: f, weight: 1}\n  - {dataset: f, weight: 1, label: {values: [low]}}\n")
                .summary()
                .entries());
  }

  @Test
  void whereEveryFileHasALabelOfItsOwn_itIsCountedAllTheSame() throws Exception {
    int files = 10_010;
    String root = Files.createDirectories(kit.folder.resolve("roots/own")).toString();
    try (FileWriter writer = kit.catalog.datasets().register("own", root, "TEXT")) {
      for (int i = 0; i < files; i++) {
        String tags =
            "[{\"type\":\"choices\",\"from_name\":\"id\",\"values\":{\"choices\":[\"%d\"]}}]"
                .formatted(i);
        writer.add(new NewFile("f" + i, 2, PlanKit.MODIFIED, null, tags, null, null));
      }
      writer.commit();
    }
    Preview preview =
        preview(
            "name: m\ntotal: max\nsources:\n  - {dataset: own, weight: 1, label: {name: id, values: ['7', '10008', none]}}\n");
    assertThat(preview.sources().getFirst().matching()).isEqualTo(new Matching(2, 4));
    assertThat(previews.labels(Actor.SYSTEM, "own").get("id")).hasSize(1_000);
  }

  @Test
  void labelsAreTold_mostFrequentFirst() throws Exception {
    kit.register("d", List.of("high-1", "high-2", "low"));
    assertThat(previews.labels(Actor.SYSTEM, "d").toString()).isEqualTo("{quality={high=2}}");
  }

  @Test
  void aRecipeWrittenAsYaml_isReadBackTheSame() throws Exception {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    for (int round = 0; round < ROUNDS; round++) {
      String yaml = recipe(random, round);
      if (isValid(yaml)) {
        Node.Mapping normal = RecipeWriter.write(kit.recipe(yaml));
        assertThat(RecipeJson.write(kit.recipe(RecipeYaml.write(normal))))
            .as("test seed %d\n%s", testSeed, yaml)
            .isEqualTo(RecipeJson.write(kit.recipe(yaml)));
      }
    }
  }

  @Test
  void textsThatLookLikeSomethingElse_areQuotedInYaml() {
    String json =
        "{\"name\": \"yes\", \"x\": [\"1e3\", \"null\", \"a: b\", \"# c\", \"- d\", \"\\u00e9\\n\\\"\", \"\\u007f\\u0080\\u0085\\ufffe\\uffff\\ud800 \\udc00\", \"two words\", \" \", \"\"], \"y\": {\"z\": 0.10, \"k y\": {}}, \"s\": [{\"a\": 1, \"b\": [true]}, [2], {}]}";
    Node.Mapping document = RecipeReader.document(json);
    String yaml = RecipeYaml.write(document);
    assertThat(texts(RecipeReader.document(yaml))).as(yaml).isEqualTo(texts(document));
    assertThat(yaml).contains("two words").contains("z: 0.10");
  }

  private static String texts(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> {
        List<String> parts = new ArrayList<>();
        mapping.entries().forEach((key, value) -> parts.add("<" + key + ">" + texts(value)));
        yield parts.toString();
      }
      case Node.Sequence list -> list.items().stream().map(PreviewsTest::texts).toList().toString();
      case Node.Scalar scalar -> "<" + scalar.text() + ">" + looksLikeText(scalar);
    };
  }

  /** Whether a reader of YAML would take it for a text. */
  private static boolean looksLikeText(Node.Scalar scalar) {
    return !Arrays.asList("0.10", "1", "2", "true").contains(scalar.text());
  }
}
