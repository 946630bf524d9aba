package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Task;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Total;
import io.admix.engine.RefusedException;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.RunReport;
import io.admix.files.FaultLayer;
import io.admix.files.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mix of three files, each in a folder of its own, made while its files' faults are scripted. */
final class FaultedMix {
  static final int FILES = 3;

  private final CrashBench bench;
  private final CrashSources sources;
  private final List<LinkMethod> order;
  private final MixModel model;
  private Recipe recipe;
  private FaultLayer files;

  /** What a run came to, in one word, and what it said. */
  record Outcome(String word, String message) {
    boolean isCompleted() {
      return word.startsWith("COMPLETED");
    }
  }

  FaultedMix(CrashBench bench, CrashSources sources, LinkMethod... order) throws Exception {
    this.bench = bench;
    this.sources = sources;
    this.order = List.of(order);
    begin();
    this.model = MixModel.of(bench, recipe, bench.run(files, recipe));
    assertThat(model.files()).hasSize(FILES);
    remove();
  }

  /** A fresh mix over fresh files, without faults. */
  FaultLayer begin() {
    String name = "faulted-" + bench.nextNumber();
    recipe =
        new Recipe(
            name,
            42L,
            new Total.OfCounts(),
            bench.out().resolve(name).toString(),
            Layout.BY_SOURCE,
            order,
            OnShortage.FAIL,
            OnError.FAIL,
            List.of(sources.spec("a", FILES)));
    files = CrashBench.files();
    return files;
  }

  Recipe recipe() {
    return recipe;
  }

  MixModel model() {
    return model;
  }

  /** Runs the mix once; where it completes, everything that is told of it is compared. */
  Outcome run() throws Exception {
    try {
      RunReport report = bench.run(files, recipe);
      Map<LinkMethod, Long> methods = new TreeMap<>();
      for (Map.Entry<LinkMethod, MethodCount> entry : report.methods().entrySet()) {
        if (entry.getValue().files() > 0) {
          methods.put(entry.getKey(), entry.getValue().files());
        }
      }
      model.assertPublished(bench, recipe, report, methods);
      return new Outcome("COMPLETED " + methods, String.join("\n", report.warnings()));
    } catch (TaskFailedException e) {
      assertNothingPublished();
      return new Outcome(word(e), e.getMessage() + "\n" + details(e));
    } catch (RefusedException | PlanException | InfeasibleException | IOException e) {
      assertNothingPublished();
      return new Outcome("REFUSED", String.valueOf(e.getMessage()));
    }
  }

  private static String word(TaskFailedException e) {
    if (!e.isResumable()) {
      return "ENDS";
    }
    return e.failures().isEmpty()
        ? "STOPS"
        : e.failures().stream()
            .map(FailureReport::reason)
            .distinct()
            .collect(Collectors.joining("+"));
  }

  private static String details(TaskFailedException e) {
    return e.failures().stream()
        .map(failure -> failure.path() + " " + failure.detail())
        .collect(Collectors.joining("\n"));
  }

  /**
   * No row is visible; what stands in staging is whole and planned; nothing stands under the final
   * name, or all of it, when only its commit is missing.
   */
  private void assertNothingPublished() throws IOException {
    assertThat(bench.catalog.datasets().find(recipe.name())).isEmpty();
    assertWhole(stagingOf());
    Path target = Path.of(recipe.target());
    if (Files.exists(target)) {
      assertThat(task().map(Task::phase)).contains(Task.Phase.PUBLISHING);
      assertThat(filesBelow(target)).isEqualTo(model.files().keySet());
      assertWhole(target);
    }
  }

  private void assertWhole(Path top) throws IOException {
    for (String path : filesBelow(top)) {
      Path source = model.files().get(path);
      assertThat(source).as("a file that is not planned: " + path).isNotNull();
      assertThat(Files.readAllBytes(top.resolve(path)))
          .as(path)
          .isEqualTo(Files.readAllBytes(source));
    }
  }

  /** Calls that place, not those that plan by trial. */
  static Predicate<FaultLayer.Call> placing(LinkMethod method) {
    return call ->
        call.operation() == Operation.of(method) && !call.path().contains("/.admix-doctor-");
  }

  /** Files that are in staging now. */
  Set<String> staged() throws IOException {
    return filesBelow(stagingOf());
  }

  private static Set<String> filesBelow(Path top) throws IOException {
    if (!Files.isDirectory(top)) {
      return Set.of();
    }
    try (Stream<Path> walk = Files.walk(top)) {
      return walk.filter(path -> !Files.isDirectory(path))
          .map(path -> top.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  Optional<Task> task() {
    return bench.catalog.tasks().holderOfName("system", recipe.name());
  }

  /** Rows that are recorded now. */
  long recorded() {
    return task().map(Task::files).orElse(0L);
  }

  Path stagingOf() {
    return bench.out().resolve(".admix-" + task().map(Task::id).orElse("none"));
  }

  /** After the cause is mended, the same {@code run} makes the mix as if nothing had been. */
  void assertHeals(LinkMethod method) throws Exception {
    files.healed();
    assertThat(run().word()).as("the run after the healing").isEqualTo(completedBy(method));
  }

  static String completedBy(LinkMethod method) {
    return "COMPLETED " + Map.of(method, (long) FILES);
  }

  /** For the next mix. */
  void remove() throws IOException {
    for (Path folder : List.of(bench.out(), bench.stateDir())) {
      if (Files.isDirectory(folder)) {
        CrashCourse.removeTree(folder);
      }
    }
  }
}
