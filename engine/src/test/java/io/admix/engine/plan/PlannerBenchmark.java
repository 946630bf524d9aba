package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.engine.recipe.RecipeReader;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Prints how long it takes to plan generated rows, step by step, and to write and check the plan.
 *
 * <pre>
 * java -Xmx256m -cp … io.admix.engine.plan.PlannerBenchmark FOLDER ROWS CHOSEN LAYOUT [make]
 * </pre>
 *
 * With {@code make} the chosen files are looked for where empty files were made by {@code make}:
 * FOLDER/root/dNNNN/fNNNNNNN.
 */
public final class PlannerBenchmark {
  private PlannerBenchmark() {}

  /**
   * Arguments: folder, rows, chosen, layout, and {@code equal} for one base name or {@code make} to
   * make the files.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int rows = Integer.parseInt(arguments[1]);
    boolean isEqual = arguments.length > 4 && arguments[4].equals("equal");
    boolean isMade = arguments.length > 4 && arguments[4].equals("make");
    CatalogSettings settings =
        new CatalogSettings(
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            null,
            null,
            ZoneId.of("UTC"),
            Clock.systemUTC());
    try (Catalog catalog = Catalog.open(settings)) {
      if (catalog.datasets().find("bench").isEmpty()) {
        register(catalog, folder, rows, isEqual, isMade);
      }
      String yaml =
          "name: m\nseed: 1\nlayout: "
              + arguments[3]
              + "\nsources:\n  - {dataset: bench, count: "
              + arguments[2]
              + "}\n";
      Planner planner = new Planner(catalog, FileAccess.best(), folder.resolve("scratch"));
      for (int round = 0; round < 2; round++) {
        plan(planner, yaml, folder);
      }
    }
  }

  private static void plan(Planner planner, String yaml, Path folder) throws Exception {
    long start = System.nanoTime();
    long[] last = {start};
    String[] step = {"start"};
    PlanRequest request =
        new PlanRequest(
            RecipeReader.read(yaml, folder).recipe(),
            folder,
            folder.toRealPath().resolve("target"),
            ZoneId.of("UTC"));
    PlanSummary summary =
        planner.plan(
            request,
            folder.resolve("plan.jsonl"),
            (name, files) -> {
              if (!name.equals(step[0])) {
                System.out.printf(
                    "  %-16s %6d ms%n", step[0], (System.nanoTime() - last[0]) / 1_000_000);
                last[0] = System.nanoTime();
                step[0] = name;
              }
            });
    System.out.printf("  %-16s %6d ms%n", step[0], (System.nanoTime() - last[0]) / 1_000_000);
    System.out.printf(
        "planned %,d entries, unseen %,d, in %,d ms%n",
        summary.entries(), summary.unseen(), (System.nanoTime() - start) / 1_000_000);
    long opened = System.nanoTime();
    SealedPlan.open(folder.resolve("plan.jsonl")).close();
    System.out.printf(
        "checked %,d MB in %,d ms%n",
        Files.size(folder.resolve("plan.jsonl")) >> 20, (System.nanoTime() - opened) / 1_000_000);
  }

  private static void register(
      Catalog catalog, Path folder, int rows, boolean isEqual, boolean isMade) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root")).toRealPath();
    try (FileWriter writer = catalog.datasets().register("bench", root.toString(), "TEXT")) {
      for (int i = 0; i < rows; i++) {
        String path =
            isEqual ? "d%07d/x.txt".formatted(i) : "part-%04d/file-%07d.txt".formatted(i / 1000, i);
        writer.add(new NewFile(path, 0, Instant.EPOCH, null, null, null, null));
        if (isMade) {
          if (i % 1000 == 0) {
            Files.createDirectories(root.resolve(path).getParent());
          }
          Files.createFile(root.resolve(path));
        }
      }
      writer.commit();
    }
  }
}
