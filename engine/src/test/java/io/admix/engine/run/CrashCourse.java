package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Total;
import io.admix.engine.report.RunReport;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.Operation;
import io.admix.files.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One kind of mix that is made again and again, with crashes, and compared with its model. */
final class CrashCourse {
  /** A course that needs more engines than this does not come to its end. */
  private static final int ENGINES_MAX = 50;

  private static final int FILES_OF_A = 9;
  private static final int FILES_OF_B = 6;

  private final CrashBench bench;
  private final CrashSources sources;
  private final LinkMethod method;
  private final Layout layout;
  private final OnError onError;
  private final String kind;
  private Set<Path> broken = Set.of();
  private MixModel model;
  private long changes;

  CrashCourse(
      CrashBench bench, CrashSources sources, LinkMethod method, Layout layout, OnError onError)
      throws Exception {
    this.bench = bench;
    this.sources = sources;
    this.method = method;
    this.layout = layout;
    this.onError = onError;
    this.kind = "%s-%s-%s".formatted(method, layout, onError).toLowerCase(Locale.ROOT);
    this.model = rehearsed();
    if (onError != OnError.FAIL) {
      List<Path> all = new ArrayList<>(model.files().values());
      broken = Set.of(all.get(1), all.get(all.size() - 2));
      model = rehearsed();
      assertThat(model.failures()).isEqualTo(2);
    }
  }

  /** When to crash: at which change of an engine, and at which instant of it. */
  record Stop(long change, World.Instant instant) {}

  /** The mix without a crash: what it is and how many changes it takes. */
  private MixModel rehearsed() throws Exception {
    Recipe recipe = recipe();
    FaultLayer files = files();
    RunReport report = bench.run(files, recipe);
    changes = files.world().changes();
    MixModel made = MixModel.of(bench, recipe, report);
    int wanted = FILES_OF_A + FILES_OF_B - (onError == OnError.SKIP ? broken.size() : 0);
    assertThat(made.files()).hasSize(wanted);
    made.assertPublished(bench, recipe, report, Map.of(method, (long) wanted));
    remove(recipe);
    return made;
  }

  /** Changes that one undisturbed engine makes. */
  long changes() {
    return changes;
  }

  private Recipe recipe() {
    String name = "mix-%s-%d".formatted(kind, bench.nextNumber());
    return new Recipe(
        name,
        42L,
        new Total.OfCounts(),
        bench.out().resolve(name).toString(),
        layout,
        List.of(method),
        OnShortage.FAIL,
        onError,
        List.of(sources.spec("a", FILES_OF_A), sources.spec("b", FILES_OF_B)));
  }

  private FaultLayer files() {
    FaultLayer files = CrashBench.files();
    return files.failFrom(
        call ->
            call.operation() == Operation.of(method)
                && call.other() != null
                && broken.contains(Path.of(call.other().path(), call.otherName())),
        1,
        Errno.EIO);
  }

  /**
   * Makes one mix through these crashes, then without any, and compares it with the model.
   *
   * @param random what a kill leaves half-written in the state folder; null for nothing
   * @return what the crashes hit, one for each stop that was reached
   */
  List<String> make(List<Stop> stops, Random random) throws Exception {
    Recipe recipe = recipe();
    List<String> crashes = new ArrayList<>();
    List<World> worlds = new ArrayList<>();
    try {
      RunReport report = null;
      for (int engine = 0; report == null; engine++) {
        assertThat(engine).as("engines that one mix takes").isLessThan(ENGINES_MAX);
        FaultLayer files = files();
        worlds.add(files.world());
        if (engine < stops.size()) {
          files.world().stopAt(stops.get(engine).change(), stops.get(engine).instant());
        }
        Optional<RunReport> made = attempt(files, recipe, crashes);
        report = made.orElse(null);
        if (made.isEmpty() && random != null) {
          leaveHalves(recipe, random);
        }
      }
      model.assertPublished(bench, recipe, report, Map.of(method, (long) model.files().size()));
      assertThat(Files.exists(Path.of(recipe.target()))).isTrue();
      remove(recipe);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s, stops %s, crashes %s: %s%n%s"
              .formatted(recipe.name(), stops, crashes, e, traces(worlds)),
          e);
    }
    return crashes;
  }

  private Optional<RunReport> attempt(FaultLayer files, Recipe recipe, List<String> crashes)
      throws Exception {
    try {
      return Optional.of(bench.run(files, recipe));
    } catch (World.Crash e) {
      crashes.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String traces(List<World> worlds) {
    StringBuilder text = new StringBuilder();
    worlds.forEach(world -> text.append("--- engine\n").append(world.trace()).append('\n'));
    return text.toString();
  }

  /**
   * What the engine writes itself goes through a temporary and a rename: a kill between the two
   * leaves the temporary, half or whole; one during planning or reading receipts leaves spools.
   */
  private void leaveHalves(Recipe recipe, Random random) throws Exception {
    for (String task : bench.look("SELECT id FROM {admix}tasks WHERE name = ?", recipe.name())) {
      Path folder = bench.stateDir().resolve(task);
      for (String half : Files.isDirectory(folder) ? halves(folder) : List.<String>of()) {
        if (random.nextInt(3) == 0) {
          Path file = folder.resolve(half);
          Files.createDirectories(file.getParent());
          Files.writeString(file, "half a li");
        }
      }
    }
  }

  /** What can be half-written at the place where the task is. */
  private static List<String> halves(Path folder) {
    if (!Files.exists(folder.resolve("plan.jsonl"))) {
      return List.of(".plan.jsonl.4194999.part", "scratch/plan-4194999-1/spool");
    }
    if (!Files.exists(folder.resolve("manifest.jsonl"))) {
      return List.of("manifest.jsonl.part", "scratch/done-runs", "scratch/stale-runs");
    }
    return Files.exists(folder.resolve("report.json")) ? List.of() : List.of("report.json.part");
  }

  /** So that ten thousand mixes do not fill the disk, and housekeeping looks at few. */
  private void remove(Recipe recipe) throws Exception {
    removeTree(Path.of(recipe.target()));
    for (String task : bench.look("SELECT id FROM {admix}tasks WHERE name = ?", recipe.name())) {
      removeTree(bench.stateDir().resolve(task));
    }
  }

  static void removeTree(Path top) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(top)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
