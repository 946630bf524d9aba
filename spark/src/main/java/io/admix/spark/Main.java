package io.admix.spark;

import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.PlanMaker;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.spread.SpreadDriver;
import io.admix.spark.plan.ParquetKeeper;
import io.admix.spark.plan.SparkPlanner;
import io.admix.spark.run.SparkCluster;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The driver on a Spark cluster: makes one mix as {@code admix run} does, with the same catalogue,
 * tasks and exit codes, and has its files placed by executors.
 */
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;
  static final int INFEASIBLE = 3;
  static final int SKIPPED = 4;

  private final Map<String, String> environment;
  private final Path folder;
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<SparkContext> sessions;
  private final StopSignal stop;

  Main(
      Map<String, String> environment,
      Path folder,
      PrintStream out,
      PrintStream err,
      Supplier<SparkContext> sessions,
      StopSignal stop) {
    this.environment = environment;
    this.folder = folder;
    this.out = out;
    this.err = err;
    this.sessions = sessions;
    this.stop = stop;
  }

  /** Makes one mix and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    Stopping stopping = new Stopping(stop);
    stopping.install();
    Main main =
        new Main(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            Main::session,
            stop);
    int code = main.run(List.of(arguments));
    System.exit(stopping.exitCode(code));
  }

  private static SparkContext session() {
    return SparkContext.getOrCreate(new SparkConf().setAppName("admix"));
  }

  /** Makes one mix; answers the exit code. */
  int run(List<String> arguments) {
    try {
      Options options = Options.parse(arguments);
      if (options.help) {
        err.println(Options.USAGE);
        return DONE;
      }
      return run(options);
    } catch (Exception e) {
      return Failures.tell(e, err);
    }
  }

  private int run(Options options) throws Exception {
    Path recipe = recipe(options.recipe);
    Settings settings =
        SettingsLoader.load(
            new SettingsInput(
                options.home, options.database, options.settings, environment, folder));
    RecipeDocument document = RecipeReader.read(recipe);
    SpreadDriver driver = new SpreadDriver(new SparkCluster(sessions), work(options.work));
    try (Admix admix = Admix.open(settings)) {
      Long seed = options.seed;
      RunReport report =
          admix
              .mixes(driver, kept(options, planner(options, admix)))
              .run(
                  document,
                  seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                  listener(options),
                  stop);
      return tell(report, options);
    }
  }

  private @Nullable PlanMaker kept(Options options, @Nullable PlanMaker planner)
      throws RefusedException {
    Path kept = options.planParquet;
    if (kept != null && planner == null) {
      throw new RefusedException("--plan-parquet keeps plans that executors make: add --export.");
    }
    return kept == null || planner == null
        ? planner
        : new ParquetKeeper(planner, folder.resolve(kept).toAbsolutePath().normalize());
  }

  private @Nullable PlanMaker planner(Options options, Admix admix) throws RefusedException {
    Path export = options.export;
    return export == null
        ? null
        : new SparkPlanner(
            sessions,
            admix,
            folder.resolve(export).toAbsolutePath().normalize(),
            work(options.work));
  }

  private RunProgress.Listener listener(Options options) {
    return options.quiet || options.json ? RunProgress.Listener.SILENT : new ProgressLines(err);
  }

  private Path recipe(@Nullable Path written) throws RefusedException {
    Path file = folder.resolve(String.valueOf(written)).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          "%s is %s. A recipe is a YAML or JSON file that the driver can read."
              .formatted(written, Files.exists(file) ? "no file" : "not there"));
    }
    return file;
  }

  private @Nullable Path work(@Nullable Path written) throws RefusedException {
    if (written == null) {
      return null;
    }
    Path work = folder.resolve(written).toAbsolutePath().normalize();
    if (!Files.isDirectory(work) || !Files.isWritable(work)) {
      throw new RefusedException(
          "The work folder %s is not there, or cannot be written. Name one that driver and executors share, under the same path."
              .formatted(work));
    }
    return work;
  }

  private int tell(RunReport report, Options options) {
    if (options.json) {
      out.println(ReportWords.json(report));
    } else {
      ReportWords.lines(report).forEach(out::println);
    }
    if (!report.status().equals("COMPLETED")) {
      return FAILED;
    }
    boolean isShort =
        report.failuresTotal() > 0 && report.target().files() < report.plan().entries();
    return isShort && !report.unchanged() ? SKIPPED : DONE;
  }
}
