package io.admix.engine.plan;

import io.admix.catalog.Datasets;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.place.LazyStore;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The spools of all sources, filled by reading each dataset and folder once. */
final class Spools implements Closeable {
  private static final int SCAN_THREADS_MAX = 8;
  private static final int RESERVES_MIN = 64;

  private final Recipe recipe;
  private final List<PlanSourceInfo> sources;
  private final List<Spool> spools = new ArrayList<>();

  Spools(Path folder, List<PlanSourceInfo> sources, Recipe recipe) {
    this.recipe = recipe;
    this.sources = sources;
    long[] most = mostPerGroup(QuotaSolver.most(recipe));
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
  private long[] mostPerGroup(long[] most) {
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

  void read(
      Datasets datasets,
      FileAccess access,
      LazyStore objects,
      MethodForecasts forecasts,
      ZoneId zone,
      Progress progress,
      Warnings warnings)
      throws IOException, InterruptedException {
    long seed = Objects.requireNonNull(recipe.seed(), "the seed is drawn before planning");
    for (PlanSourceInfo first : sources) {
      if (first.salt() == 1) {
        Collector collector =
            new Collector(
                "source `" + first.name() + "`", forecasts.rules(first), progress, warnings);
        List<PlanSourceInfo> group =
            sources.stream().filter(source -> source.group() == first.group()).toList();
        for (PlanSourceInfo source : group) {
          Spool spool = spools.get(source.index());
          spool.open();
          collector.addMember(source, spool, seed, zone);
        }
        progress.step("reading " + first.identityName());
        read(collector, first, datasets, access, objects);
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
  public void close() throws IOException {
    for (Spool spool : spools) {
      spool.close();
    }
  }
}
