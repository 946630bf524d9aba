package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.quota.Quota;
import io.admix.core.quota.Quotas;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import io.admix.core.select.Glob;
import io.admix.core.select.Ranker;
import io.admix.engine.report.SourceReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small mixes of overlapping sources against every way in which they could have been asked: {@code
 * redistribute} gives the total or all that can be given, {@code max} is the largest total.
 */
class PlannerOverlapTest {
  private static final int ROUNDS = 150;
  private static final String LETTERS = "abcdef";

  @TempDir java.nio.file.Path folder;
  private PlanKit kit;
  private List<String> paths;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** Three sources on one dataset: what each matches, and its share. */
  private record Small(List<String> patterns, List<String> shares) {
    String yaml(String head) {
      StringBuilder yaml = new StringBuilder("name: m\n" + head + "\nsources:\n");
      for (int i = 0; i < patterns.size(); i++) {
        yaml.append("  - {dataset: d, name: s")
            .append(i)
            .append(", include: ['")
            .append(patterns.get(i))
            .append("'], ")
            .append(shares.get(i))
            .append("}\n");
      }
      return yaml.toString();
    }
  }

  private void register(Random random) throws Exception {
    kit.catalog.datasets().find("d").ifPresent(kit.catalog.datasets()::remove);
    paths = new ArrayList<>();
    int files = 1 + random.nextInt(9);
    for (int i = 0; i < files; i++) {
      paths.add(LETTERS.charAt(random.nextInt(LETTERS.length())) + "" + i);
    }
    kit.register("d", paths);
  }

  private static String pattern(Random random) {
    int from = random.nextInt(LETTERS.length());
    int to = from + random.nextInt(LETTERS.length() - from);
    return "[" + LETTERS.charAt(from) + "-" + LETTERS.charAt(to) + "]*";
  }

  @Test
  void redistributeGivesTheTotal_orAllThatCanBeGiven_inRatio() throws Exception {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    for (int round = 0; round < ROUNDS; round++) {
      register(random);
      int count = random.nextInt(3);
      int total = count + 1 + random.nextInt(9);
      List<String> shares =
          new ArrayList<>(
              List.of("weight: " + (1 + random.nextInt(4)), "weight: " + (1 + random.nextInt(4))));
      shares.add(
          random.nextInt(shares.size() + 1),
          count == 0 ? "weight: " + (1 + random.nextInt(4)) : "count: " + count);
      Small small =
          new Small(IntStream.range(0, 3).mapToObj(i -> pattern(random)).toList(), shares);
      String yaml =
          small.yaml("seed: " + round + "\ntotal: " + total + "\non-shortage: redistribute");
      String about = "test seed " + testSeed + ", files " + paths + "\n" + yaml;
      Recipe recipe = kit.recipe(yaml);
      Model model = new Model(recipe);
      long most = model.most(total);
      if (most == 0) {
        continue;
      }
      PlanKit.Planned planned = planned(yaml, about);
      assertThat(planned.summary().entries()).as(about).isEqualTo(most);
      assertThat(planned.mains().stream().map(entry -> entry.sourcePath()))
          .as(about)
          .doesNotHaveDuplicates();
      long[] given =
          planned.summary().sources().stream().mapToLong(SourceReport::achieved).toArray();
      assertThat(model.given(given)).as("a walk gives the same; %s", about).isEqualTo(given);
      assertRatioIsKept(recipe, model, given, about);
    }
  }

  private PlanKit.Planned planned(String yaml, String about) throws Exception {
    try {
      return kit.plan(yaml);
    } catch (IllegalStateException e) {
      throw new AssertionError(about, e);
    }
  }

  @Test
  void aSourceWithoutAnyFile_passesItsShareOn_alsoWhereItRoundsToNone() throws Exception {
    paths = List.of("c0", "b1", "c2", "a3", "c4", "b5");
    kit.register("d", paths);
    Small small =
        new Small(
            List.of("[b-d]*", "[a-c]*", "[e-e]*"), List.of("weight: 3", "weight: 1", "weight: 1"));
    String yaml = small.yaml("seed: 1287\ntotal: 2\non-shortage: redistribute");
    assertThat(kit.plan(yaml).summary().entries()).isEqualTo(2);
  }

  @Test
  void aTotalThatRoundingForbids_hidesNoLargerOne() throws Exception {
    paths = List.of("c0", "e1", "a2", "d3", "b4", "c5", "d6", "b7");
    kit.register("d", paths);
    Small small =
        new Small(
            List.of("[c-e]*", "[a-b]*", "[b-c]*"),
            List.of("weight: 4", "percent: 10", "weight: 2"));
    assertThat(kit.plan(small.yaml("seed: 3161\ntotal: max")).summary().entries()).isEqualTo(6);
  }

  @Test
  void aCountThatIsShort_isSharedAmongTheOthers_inTheLargestMixToo() throws Exception {
    kit.register("few", List.of("x1", "x2"));
    paths = List.of("a0", "a1", "a2", "a3", "b4", "b5", "b6", "b7", "b8", "b9");
    kit.register("d", paths);
    String yaml =
        "name: m\nseed: 5\ntotal: max\non-shortage: redistribute\nsources:\n"
            + "  - {dataset: d, name: s0, include: ['a*'], weight: 1}\n"
            + "  - {dataset: d, name: s1, weight: 2}\n"
            + "  - {dataset: few, count: 5}\n";
    PlanSummary plan = kit.plan(yaml).summary();
    assertThat(plan.entries())
        .isEqualTo(plan.sources().stream().mapToLong(SourceReport::achieved).sum());
    assertThat(plan.sources().get(2).achieved()).isEqualTo(2);
  }

  /** Who could give more keeps its ratio to a file; who cannot has no more than its ratio. */
  private static void assertRatioIsKept(Recipe recipe, Model model, long[] given, String about) {
    for (int i = 0; i < given.length; i++) {
      for (int j = 0; j < given.length; j++) {
        if (i != j
            && recipe.sources().get(i).share() instanceof Share.Weight a
            && recipe.sources().get(j).share() instanceof Share.Weight b
            && model.canGiveMore(given, j)) {
          long x = a.value().longValueExact();
          long y = b.value().longValueExact();
          assertThat(given[i] * y)
              .as("sources %d and %d of %s; %s", i, j, Arrays.toString(given), about)
              .isLessThanOrEqualTo(given[j] * x + x + y);
        }
      }
    }
  }

  @Test
  void maxIsTheLargestTotalThatCanBeGiven_countsBesideIt() throws Exception {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    for (int round = 0; round < ROUNDS; round++) {
      register(random);
      List<String> shares =
          new ArrayList<>(
              List.of("weight: " + (1 + random.nextInt(4)), "weight: " + (1 + random.nextInt(4))));
      shares.add(
          random.nextInt(shares.size() + 1),
          random.nextBoolean() ? "count: 1" : "percent: " + 10 * (1 + random.nextInt(8)));
      Small small =
          new Small(IntStream.range(0, 3).mapToObj(i -> pattern(random)).toList(), shares);
      String yaml = small.yaml("seed: " + round + "\ntotal: max");
      String about = "test seed " + testSeed + ", files " + paths + "\n" + yaml;
      Model model = new Model(kit.recipe(yaml));
      long largest = 0;
      for (int total = 1; total <= paths.size(); total++) {
        long[] asked = model.requested(total);
        if (asked != null
            && Arrays.equals(model.given(asked), asked)
            && model.hasExactShares(total, asked)) {
          largest = total;
        }
      }
      long planned;
      try {
        planned = kit.plan(yaml).summary().entries();
      } catch (InfeasibleException e) {
        planned = 0;
      }
      assertThat(planned).as(about).isEqualTo(largest);
    }
  }

  /** Walks of three sources over sets in memory. */
  private final class Model {
    private final Recipe recipe;
    private final List<List<String>> ranked = new ArrayList<>();

    Model(Recipe recipe) {
      this.recipe = recipe;
      for (int i = 0; i < recipe.sources().size(); i++) {
        Ranker ranker = Ranker.of(recipe.seed(), "d", i + 1);
        Glob glob = Glob.compile(recipe.sources().get(i).filter().include().getFirst());
        Comparator<String> byRank = (x, y) -> Long.compareUnsigned(ranker.rank(x), ranker.rank(y));
        ranked.add(paths.stream().filter(glob::matches).sorted(byRank).toList());
      }
    }

    long[] given(long[] asked) {
      Set<String> taken = new HashSet<>();
      long[] given = new long[asked.length];
      for (int i = 0; i < asked.length; i++) {
        List<String> chosen =
            ranked.get(i).stream().filter(path -> !taken.contains(path)).limit(asked[i]).toList();
        taken.addAll(chosen);
        given[i] = chosen.size();
      }
      return given;
    }

    boolean canGiveMore(long[] given, int source) {
      long[] more = given.clone();
      more[source]++;
      return given(more)[source] > given[source];
    }

    /** The most files that any asking gives, up to the total; counts are not asked for more. */
    long most(int total) {
      long most = 0;
      int[] limits =
          recipe.sources().stream()
              .mapToInt(source ->
                  source.share() instanceof Share.Count count ? (int) count.files() : paths.size())
              .toArray();
      for (int a = 0; a <= limits[0]; a++) {
        for (int b = 0; b <= limits[1]; b++) {
          for (int c = 0; c <= limits[2]; c++) {
            long sum = Arrays.stream(given(new long[] {a, b, c})).sum();
            most = sum <= total ? Math.max(most, sum) : most;
          }
        }
      }
      return most;
    }

    /** Whether no percent's or weight's share, before rounding, is above what it has. */
    boolean hasExactShares(int total, long[] asked) {
      double weights =
          recipe.sources().stream()
              .mapToDouble(source ->
                  source.share() instanceof Share.Weight weight ? weight.value().doubleValue() : 0)
              .sum();
      double rest = rest(total);
      for (int i = 0; i < asked.length; i++) {
        double exact =
            switch (recipe.sources().get(i).share()) {
              case Share.Count count -> 0;
              case Share.Percent percent -> total * percent.value().doubleValue() / 100;
              case Share.Weight weight -> rest * weight.value().doubleValue() / weights;
            };
        long[] all = asked.clone();
        all[i] = paths.size();
        if (exact > given(all)[i] + 1e-9) {
          return false;
        }
      }
      return true;
    }

    /** What counts and percents leave to the weights. */
    private double rest(int total) {
      double rest = total;
      for (SourceSpec source : recipe.sources()) {
        rest -=
            switch (source.share()) {
              case Share.Count count -> count.files();
              case Share.Percent percent -> total * percent.value().doubleValue() / 100;
              case Share.Weight weight -> 0;
            };
      }
      return rest;
    }

    /** What a fixed total asks of each source, or null when it has no room for counts. */
    long[] requested(int total) {
      if (rest(total) < -1e-9) {
        return null;
      }
      Recipe fixed =
          new Recipe(
              recipe.name(),
              recipe.seed(),
              new Total.Fixed(total),
              recipe.target(),
              recipe.layout(),
              recipe.link(),
              recipe.onShortage(),
              recipe.onError(),
              recipe.sources());
      long[] plenty = new long[recipe.sources().size()];
      Arrays.fill(plenty, 1000);
      return Quotas.of(fixed).allocate(plenty).quotas().stream()
          .mapToLong(Quota::requested)
          .toArray();
    }
  }
}
