package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.name.BaseName;
import io.admix.core.name.Utf8;
import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanOrder;
import io.admix.core.quota.Quota;
import io.admix.core.quota.Quotas;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.select.FileFacts;
import io.admix.core.select.FilterMatcher;
import io.admix.core.select.Ranker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is selected, against a plain model in memory and the properties that a selection must have.
 */
class PlannerSelectionTest {
  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() throws Exception {
    kit.requireCleanScratch();
    kit.close();
  }

  @Test
  void theSelectionIsThatOfAModelInMemory() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> a = paths(random, 700);
    List<String> b = paths(random, 300);
    kit.register("a", a);
    kit.register("b", b);
    for (int round = 0; round < 25; round++) {
      String yaml = recipe(random);
      PlanKit.Planned planned = kit.plan(yaml);
      Recipe recipe = kit.recipe(yaml);
      List<Set<String>> expected = model(recipe, Map.of("a", a, "b", b));
      for (int source = 0; source < expected.size(); source++) {
        assertThat(planned.paths(source))
            .as("test seed %d, source %d of\n%s", seed, source, yaml)
            .containsExactlyElementsOf(expected.get(source));
      }
      assertThat(planned.mains())
          .as("order, test seed %d", seed)
          .isSortedAccordingTo(PlanOrder.CANONICAL);
      assertNamesAreRight(planned, "test seed " + seed + "\n" + yaml);
    }
  }

  private static String recipe(Random random) {
    StringBuilder yaml =
        new StringBuilder(
            "name: mix\nseed: " + random.nextInt(1000) + "\ntotal: " + (1 + random.nextInt(600)));
    yaml.append("\nlayout: ")
        .append(List.of("by-source", "flat", "sharded").get(random.nextInt(3)));
    yaml.append("\non-error: ").append(List.of("fail", "replace").get(random.nextInt(2)));
    yaml.append("\non-shortage: take-all\nsources:\n");
    int sources = 1 + random.nextInt(4);
    for (int i = 0; i < sources; i++) {
      yaml.append("  - dataset: ")
          .append(random.nextInt(3) == 0 ? "b" : "a")
          .append("\n    weight: ")
          .append(1 + random.nextInt(5))
          .append("\n    name: s")
          .append(i)
          .append('\n');
      switch (random.nextInt(4)) {
        case 0 -> yaml.append("    label: {name: quality, values: [high]}\n");
        case 1 -> yaml.append("    include: ['**/*1*']\n");
        case 2 -> yaml.append("    exclude: ['d1/**']\n");
        default -> {}
      }
    }
    return yaml.toString();
  }

  private static List<String> paths(Random random, int count) {
    Set<String> paths = new LinkedHashSet<>();
    List<String> bases =
        List.of(
            "x.txt",
            "x_1.txt",
            "x_2.txt",
            "x_1_1.txt",
            "high.txt",
            ".rc",
            ".rc_1",
            "no",
            "no_1",
            "😀.é",
            "\uFFFD_1.é",
            "a.tar.gz");
    while (paths.size() < count) {
      String base =
          random.nextInt(3) > 0
              ? bases.get(random.nextInt(bases.size()))
              : "f" + random.nextInt(60) + (random.nextBoolean() ? "high" : "");
      String folder =
          random.nextInt(9) == 0
              ? ""
              : "d"
                  + random.nextInt(40)
                  + (random.nextBoolean() ? "/" : "/e-" + random.nextInt(9) + "/");
      paths.add(folder + base);
    }
    return new ArrayList<>(paths);
  }

  /**
   * Each source takes its quota of lowest ranks among what matches and was not taken, by sets and
   * sorting.
   */
  private static List<Set<String>> model(Recipe recipe, Map<String, List<String>> datasets) {
    long[] plenty = new long[recipe.sources().size()];
    Arrays.fill(plenty, 1_000_000_000);
    List<Quota> quotas = Quotas.of(recipe).allocate(plenty).quotas();
    Map<String, Integer> salts = new HashMap<>();
    Map<String, Set<String>> taken = new HashMap<>();
    List<Set<String>> selection = new ArrayList<>();
    for (int i = 0; i < quotas.size(); i++) {
      SourceSpec spec = recipe.sources().get(i);
      String dataset = ((Origin.Dataset) spec.origin()).name();
      Ranker ranker = Ranker.of(recipe.seed(), dataset, salts.merge(dataset, 1, Integer::sum));
      FilterMatcher matcher = FilterMatcher.of(spec.filter(), PlanKit.ZONE);
      Set<String> gone = taken.computeIfAbsent(dataset, name -> new HashSet<>());
      Comparator<String> byRank = (x, y) -> Long.compareUnsigned(ranker.rank(x), ranker.rank(y));
      List<String> chosen =
          datasets.get(dataset).stream()
              .filter(path -> matcher.matches(new Facts(path)) && !gone.contains(path))
              .sorted(byRank.thenComparing(Utf8::compare))
              .limit(quotas.get(i).requested())
              .toList();
      gone.addAll(chosen);
      selection.add(new TreeSet<>(chosen));
    }
    return selection;
  }

  /** Names by a map in memory, in canonical order; all target paths differ, reserves' too. */
  private static void assertNamesAreRight(PlanKit.Planned planned, String about) {
    Set<String> originals = new HashSet<>();
    planned
        .mains()
        .forEach(entry -> originals.add(entry.targetFolder() + "/" + entry.sourceName()));
    Set<String> kept = new HashSet<>();
    Map<String, Long> numbers = new HashMap<>();
    Set<String> targets = new HashSet<>();
    for (PlanEntry entry : planned.mains()) {
      String original = entry.targetFolder() + "/" + entry.sourceName();
      String expected = entry.sourceName();
      if (!kept.add(original)) {
        long number = numbers.getOrDefault(original, 0L);
        do {
          expected = BaseName.of(entry.sourceName()).numbered(++number);
        } while (originals.contains(entry.targetFolder() + "/" + expected));
        numbers.put(original, number);
      }
      assertThat(entry.targetName()).as(about).isEqualTo(expected);
      assertThat(targets.add(entry.targetPath()))
          .as("%s is made once; %s", entry.targetPath(), about)
          .isTrue();
    }
    Set<String> files = new HashSet<>();
    for (PlanEntry reserve : planned.reserves()) {
      assertThat(targets.add(reserve.targetPath()))
          .as("reserve %s has a name of its own; %s", reserve, about)
          .isTrue();
    }
    Map<String, String> datasets = new HashMap<>();
    List<PlanEntry> all = new ArrayList<>(planned.mains());
    all.addAll(planned.reserves());
    for (PlanEntry entry : all) {
      assertThat(files.add(entry.rowId())).as("each file once: %s; %s", entry, about).isTrue();
      datasets.put(entry.rowId(), entry.sourcePath());
    }
  }

  private record Facts(String relativePath) implements FileFacts {
    @Override
    public Instant modified() {
      return PlanKit.MODIFIED;
    }

    @Override
    public Instant taggedAt() {
      return null;
    }

    @Override
    public boolean anyLabel(LabelTest test) {
      return relativePath.contains("high") && test.test("quality", "high");
    }
  }

  @Test
  void aLargerMixHoldsTheSmallerOne_andAFixedShareIsStableUnderGrowth() throws Exception {
    long seed = System.nanoTime();
    List<String> paths = numbered(20_000, "f");
    kit.register("d", paths);
    Set<String> small = new HashSet<>(kit.plan(mix("seed: 7\ntotal: 1000", "d")).paths(0));
    Set<String> large = new HashSet<>(kit.plan(mix("seed: 7\ntotal: 2000", "d")).paths(0));
    assertThat(large).containsAll(small).hasSize(2000);
    List<String> grown = new ArrayList<>(paths);
    grown.addAll(numbered(200, "g"));
    Collections.shuffle(grown, new Random(seed));
    kit.register("e", grown);
    kit.catalog.datasets().remove(kit.catalog.datasets().find("d").orElseThrow());
    kit.register("d", grown);
    Set<String> after = new HashSet<>(kit.plan(mix("seed: 7\ntotal: 2000", "d")).paths(0));
    after.removeAll(large);
    assertThat(after.size()).as("1 %% more files change about 1 %%").isBetween(2, 60);
  }

  @Test
  void theOrderOfRowsHasNoInfluence() throws Exception {
    long seed = System.nanoTime();
    List<String> paths = numbered(5000, "f");
    kit.register("d", paths);
    PlanKit.Planned first = kit.plan(mix("seed: 3\ntotal: 700\nlayout: flat", "d"));
    kit.catalog.datasets().remove(kit.catalog.datasets().find("d").orElseThrow());
    Collections.shuffle(paths, new Random(seed));
    kit.register("d", paths);
    PlanKit.Planned second = kit.plan(mix("seed: 3\ntotal: 700\nlayout: flat", "d"));
    assertThat(second.summary().sha256())
        .as("shuffled with %d", seed)
        .isEqualTo(first.summary().sha256());
    assertThat(second.targets()).isEqualTo(first.targets());
  }

  @Test
  void theSecondOfTwoOverlappingSourcesIsUniformToo() throws Exception {
    int files = 40;
    int rounds = 400;
    kit.register("d", numbered(files, "f"));
    int[] hits = new int[files];
    for (int seed = 0; seed < rounds; seed++) {
      PlanKit.Planned planned =
          kit.plan(
              "name: m\nseed: "
                  + seed
                  + "\nsources:\n  - {dataset: d, count: 10}\n  - {dataset: d, count: 10}\n");
      for (String path : planned.paths(1)) {
        hits[Integer.parseInt(path.replaceAll(".*f|\\D", "")) - 100_000]++;
      }
    }
    double expected = rounds * 10.0 / files;
    double chi =
        Arrays.stream(hits)
            .mapToDouble(hit -> (hit - expected) * (hit - expected) / expected)
            .sum();
    // 39 degrees of freedom; a sample of 10 out of 40 has less variance than independent draws.
    // Seeds are fixed, so the figure is too.
    assertThat(chi).as("chi-squared of %s", Arrays.toString(hits)).isLessThan(62.4);
  }

  @Test
  void redistributeFillsTheTotalAcrossOverlap() throws Exception {
    List<String> paths = numbered(100, "f");
    paths.addAll(numbered(30, "high"));
    kit.register("d", paths);
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\ntotal: 120\non-shortage: redistribute\nsources:\n  - {dataset: d, weight: 1, name: all}\n"
                + "  - {dataset: d, weight: 1, name: high, label: {name: quality, values: [high]}}\n");
    assertThat(planned.mains()).hasSize(120);
    assertThat(planned.mains().stream().map(PlanEntry::sourcePath)).doesNotHaveDuplicates();
    assertThat(planned.summary().sources().get(1).available()).isEqualTo(30);
  }

  @Test
  void maxIsTheLargestMixAndNamesWhatBinds() throws Exception {
    kit.register("d", numbered(100, "f"));
    kit.register("e", numbered(30, "f"));
    PlanKit.Planned apart =
        kit.plan(
            "name: m\nseed: 1\ntotal: max\nsources:\n  - {dataset: d, percent: 50}\n  - {dataset: e, percent: 50}\n");
    assertThat(apart.summary().total()).isEqualTo(60);
    assertThat(apart.summary().binding()).isEqualTo("e");
    PlanKit.Planned overlapping =
        kit.plan(
            "name: m\nseed: 1\ntotal: max\nsources:\n  - {dataset: d, weight: 1}\n  - {dataset: d, weight: 3, name: second}\n");
    assertThat(overlapping.summary().total()).isEqualTo(100);
    assertThat(overlapping.paths(0)).hasSize(25);
    assertThat(overlapping.paths(1)).hasSize(75);
    assertThat(overlapping.summary().binding()).isEqualTo("second");
  }

  @Test
  void pruningTheSpoolChangesNothing() throws Exception {
    List<String> paths = numbered(60_000, "f");
    kit.register("d", paths);
    String sources =
        "sources:\n  - {dataset: d, count: 50}\n  - {dataset: d, count: 40, name: second}\n";
    PlanKit.Planned pruned = kit.plan("name: m\nseed: 5\non-error: replace\n" + sources);
    List<Set<String>> expected =
        model(kit.recipe("name: m\nseed: 5\n" + sources), Map.of("d", paths));
    assertThat(pruned.paths(0)).containsExactlyElementsOf(expected.get(0));
    assertThat(pruned.paths(1)).containsExactlyElementsOf(expected.get(1));
    assertThat(pruned.summary().sources().get(1).available()).isEqualTo(60_000);
    assertThat(pruned.reserves()).hasSize(128);
    Ranker first = Ranker.of(5, "d", 1);
    List<PlanEntry> ofFirst =
        pruned.reserves().stream().filter(entry -> entry.source() == 0).toList();
    assertThat(ofFirst)
        .isSortedAccordingTo(
            (x, y) -> Long.compareUnsigned(first.rank(bytes(x)), first.rank(bytes(y))));
  }

  private static byte[] bytes(PlanEntry entry) {
    return entry.sourcePath().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> numbered(int count, String stem) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add("d" + i % 17 + "/" + stem + (100_000 + i) % 1_000_000 + ".txt");
    }
    return paths;
  }

  private static String mix(String head, String dataset) {
    return "name: m\n" + head + "\nsources:\n  - {dataset: " + dataset + ", weight: 1}\n";
  }
}
