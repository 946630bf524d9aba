package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.Recipe;
import io.admix.engine.recipe.RecipeReader;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A catalogue, a folder and a planner for tests; plans are read back whole. */
final class PlanKit implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Instant MODIFIED = Instant.parse("2025-03-01T12:00:00Z");

  final Path folder;
  final Catalog catalog;
  final Planner planner;

  /** A plan read back. */
  record Planned(
      PlanSummary summary, List<PlanEntry> mains, List<PlanEntry> reserves, String text) {
    List<String> paths(int source) {
      return mains.stream()
          .filter(entry -> entry.source() == source)
          .map(PlanEntry::sourcePath)
          .sorted()
          .toList();
    }

    List<String> targets() {
      return mains.stream().map(PlanEntry::targetPath).toList();
    }
  }

  PlanKit(Path folder) throws IOException {
    this(folder, FileAccess.portable());
  }

  PlanKit(Path folder, FileAccess access) throws IOException {
    this(
        folder,
        new CatalogSettings(
            "jdbc:sqlite:" + folder.resolve("catalog.db"), null, null, ZONE, Clock.systemUTC()),
        access);
  }

  PlanKit(Path folder, CatalogSettings settings) throws IOException {
    this(folder, settings, FileAccess.portable());
  }

  private PlanKit(Path folder, CatalogSettings settings, FileAccess access) throws IOException {
    this.folder = folder.toRealPath();
    this.catalog = Catalog.open(settings);
    this.planner = new Planner(catalog, access, this.folder.resolve("scratch"));
  }

  /** Registers files that are not there on disk: rows only. */
  Dataset register(String name, List<String> paths) throws IOException {
    Path root = Files.createDirectories(folder.resolve("roots").resolve(name));
    try (FileWriter writer = catalog.datasets().register(name, root.toString(), "TEXT")) {
      for (String path : paths) {
        writer.add(new NewFile(path, path.length(), MODIFIED, null, tags(path), null, null));
      }
      return writer.commit();
    }
  }

  /** Files whose path holds {@code high} are labelled {@code quality: high}. */
  private static String tags(String path) {
    return path.contains("high")
        ? "[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"high\"]}}]"
        : null;
  }

  /**
   * One of many files: watching the whole folder when all are made is cheaper than file by file.
   */
  Path unwatchedFile(String path, int bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[bytes]);
  }

  Path file(String path, int bytes) throws IOException {
    return Sources.made(folder.resolve(Path.of(path).getName(0)), unwatchedFile(path, bytes));
  }

  Recipe recipe(String yaml) {
    return RecipeReader.read(yaml, folder).recipe();
  }

  Planned plan(String yaml) throws Exception {
    Recipe recipe = recipe(yaml);
    Path file = folder.resolve("plan.jsonl");
    PlanSummary summary =
        planner.plan(
            new PlanRequest(recipe, folder, folder.resolve("target"), ZONE),
            file,
            PlanProgress.SILENT);
    requireCleanScratch();
    try (SealedPlan plan = SealedPlan.open(file)) {
      List<PlanEntry> mains = new ArrayList<>();
      List<PlanEntry> reserves = new ArrayList<>();
      for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
        PlanRun run = runs.next();
        (run.isReserve() ? reserves : mains).addAll(plan.entries(run));
      }
      if (!plan.header().summary().equals(summary)) {
        throw new AssertionError(
            "the summary read back differs: " + plan.header().summary() + " from " + summary);
      }
      return new Planned(summary, mains, reserves, Files.readString(file));
    }
  }

  /**
   * After each plan, whatever became of it, nothing is left in the scratch folder and no half plan.
   */
  void requireCleanScratch() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
      List<Path> all = left.toList();
      if (!all.isEmpty()) {
        throw new AssertionError("left in the scratch folder: " + all);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      List<Path> parts = left.filter(path -> path.toString().endsWith(".part")).toList();
      if (!parts.isEmpty()) {
        throw new AssertionError("left half: " + parts);
      }
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
