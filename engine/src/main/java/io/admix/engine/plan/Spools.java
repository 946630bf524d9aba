package io.admix.engine.plan;

import io.admix.catalog.Datasets;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.core.select.RankHistogram;
import io.admix.engine.place.LazyStore;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The spools of all sources, filled by reading each dataset and folder once. */
final class Spools implements Candidates, Closeable {
  private static final int SCAN_THREADS_MAX = 8;
  private static final int RESERVES_MIN = 64;

  private final Recipe recipe;
  private final List<PlanSourceInfo> sources;
  private final List<Spool> spools = new ArrayList<>();

  Spools(Path folder, List<PlanSourceInfo> sources, Recipe recipe) {
    this.recipe = recipe;
    this.sources = sources;
    long[] most = mostPerGroup();
    for (PlanSourceInfo source : sources) {
      spools.add(
          new Spool(
              folder.resolve("spool-" + source.index()), most[source.group()], sources.size()));
    }
  }

  /**
   * So many of a source's lowest ranks can be taken by the sources on its files in all, reserves
   * too; one more, so that a cut never stands at the end of what was kept.
   */
  long[] mostPerGroup() {
    long[] most = QuotaSolver.most(recipe);
    long[] sums = new long[sources.size()];
    for (PlanSourceInfo source : sources) {
      long own = most[source.index()];
      long with = own == Long.MAX_VALUE ? own : own + reserves(recipe, own);
      sums[source.group()] =
          sums[source.group()] > Long.MAX_VALUE - 1 - with
              ? Long.MAX_VALUE - 1
              : sums[source.group()] + with;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i]++;
    }
    return sums;
  }

  /** Reserves that a source of that quota gets: one in a hundred, and some for a small one. */
  static long reserves(Recipe recipe, long quota) {
    return recipe.onError() == OnError.REPLACE && quota > 0
        ? Math.max(RESERVES_MIN, Math.ceilDiv(quota, 100))
        : 0;
  }

  /**
   * Reads the datasets and folders of some sources.
   *
   * @param some with each source all of its group
   */
  void read(Datasets datasets, PlanCourse.Plan plan, List<PlanSourceInfo> some)
      throws IOException, InterruptedException {
    long seed = Objects.requireNonNull(recipe.seed(), "the seed is drawn before planning");
    for (PlanSourceInfo first : some) {
      if (first.salt() == 1) {
        Collector collector =
            new Collector(
                "source `" + first.name() + "`",
                plan.forecasts().rules(first),
                plan.request().zone(),
                plan.progress(),
                plan.warnings());
        List<PlanSourceInfo> group =
            some.stream().filter(source -> source.group() == first.group()).toList();
        for (PlanSourceInfo source : group) {
          Spool spool = spools.get(source.index());
          spool.open();
          collector.addMember(source, spool, seed);
        }
        plan.progress().step("reading " + first.identityName());
        read(collector, first, datasets, plan.access(), plan.objects());
        for (PlanSourceInfo source : group) {
          spools.get(source.index()).finish();
        }
      }
    }
  }

  private static void read(
      Collector collector,
      PlanSourceInfo source,
      Datasets datasets,
      FileAccess access,
      LazyStore objects)
      throws IOException, InterruptedException {
    if (source.dataset() != null) {
      collector.readDataset(datasets, source.dataset());
    } else if (source.root().isObjects()) {
      collector.readObjects(objects, source.root().objects());
    } else {
      int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, SCAN_THREADS_MAX);
      collector.readFolder(new Scanner(access), source.root().folder(), threads);
    }
  }

  List<Spool> list() {
    return spools;
  }

  @Override
  public long available(int source) {
    return spools.get(source).available();
  }

  @Override
  public RankHistogram histogram(int source) {
    return spools.get(source).histogram();
  }

  @Override
  public List<Gatherer> gather(List<Question> questions) throws IOException {
    List<Gatherer> gathered = new ArrayList<>();
    for (Question question : questions) {
      Gatherer gatherer = question.gatherer();
      spools.get(question.source()).forEach(candidate -> question.show(candidate, gatherer));
      gathered.add(gatherer);
    }
    return gathered;
  }

  @Override
  public void close() throws IOException {
    for (Spool spool : spools) {
      spool.close();
    }
  }
}
