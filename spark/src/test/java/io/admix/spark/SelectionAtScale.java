package io.admix.spark;

import io.admix.engine.Admix;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.spark.plan.SparkPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Selection of a recipe over an export, by Spark in processes of their own: {@code SelectionAtScale
 * HOME EXPORT RECIPE WORK MASTER HEAP_MB}. It is a command of bench/spark_select.py, no test.
 * Prints seconds by step, and what each process held at most, as Linux tells it (VmHWM).
 */
public final class SelectionAtScale {
  private SelectionAtScale() {}

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]).toAbsolutePath();
    Path export = Path.of(args[1]).toAbsolutePath();
    Path recipe = Path.of(args[2]).toAbsolutePath();
    Path work = Files.createDirectories(Path.of(args[3]).toAbsolutePath());
    long began = System.nanoTime();
    try (SparkSession session = session(args[4], args[5], work)) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      long planned = System.nanoTime();
      PlanSummary plan = plan(home, export, recipe, work, spark);
      long ended = System.nanoTime();
      System.out.printf("entries=%d%n", plan.entries());
      System.out.printf("hash=%s%n", plan.sha256());
      System.out.printf("session_ms=%d%n", (planned - began) / 1_000_000);
      System.out.printf("plan_ms=%d%n", (ended - planned) / 1_000_000);
      System.out.printf("driver_kb=%d%n", most(ProcessHandle.current().pid()));
      long executors =
          ProcessHandle.current().descendants().mapToLong(process -> most(process.pid())).sum();
      System.out.printf("executor_kb=%d%n", executors);
      System.out.printf("executors=%d%n", ProcessHandle.current().descendants().count());
    }
  }

  private static SparkSession session(String master, String heapMb, Path work) {
    return SparkSession.builder()
        .appName("selection at scale")
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", work.resolve("spark").toString())
        .config("spark.executor.memory", heapMb + "m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config(
            "spark.executor.extraJavaOptions",
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow")
        .getOrCreate();
  }

  private static PlanSummary plan(
      Path home, Path export, Path recipe, Path work, JavaSparkContext spark) throws Exception {
    Path scratch = work.resolve("scratch");
    Path shared = Files.createDirectories(work.resolve("shared"));
    Steps told = new Steps();
    try (Admix admix = Admix.open(SettingsLoader.load(SettingsInput.forHome(home)))) {
      PlanSummary plan =
          new SparkPlanner(spark::sc, admix, export, shared)
              .plan(
                  new PlanRequest(
                      RecipeReader.readSent(Files.readString(recipe)),
                      home,
                      work.resolve("mix"),
                      ZoneId.of("UTC")),
                  scratch,
                  work.resolve("plan.jsonl"),
                  told::at);
      told.end();
      return plan;
    }
  }

  private static long most(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Tells each step when the next begins. */
  private static final class Steps {
    private String step = "";
    private long since = System.nanoTime();

    void at(String now, long files) {
      if (!now.equals(step)) {
        end();
        step = now;
      }
    }

    void end() {
      if (!step.isEmpty()) {
        System.out.printf("step %s: %.1f s%n", step, (System.nanoTime() - since) / 1e9);
      }
      since = System.nanoTime();
    }
  }
}
