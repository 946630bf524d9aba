package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Datasets;
import io.admix.catalog.Task;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.FolderPlanner;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Real folders, a real catalogue on SQLite or PostgreSQL, and engines over them. */
final class Lab implements AutoCloseable {
  final Path root;
  final FolderPlanner planner = new FolderPlanner();
  final Catalog catalog;
  private final CatalogSettings database;
  CountingAccess access = new CountingAccess(FileAccess.portable());
  CopySettings copy = CopySettings.DEFAULTS;
  int leaseSeconds = 30;
  CrashPoints crash = CrashPoints.NONE;

  Lab(Path root) throws IOException {
    this(
        root,
        new CatalogSettings(
            "jdbc:sqlite:" + Files.createDirectories(root.resolve("home")).resolve("catalog.db"),
            null,
            null,
            ZoneOffset.UTC,
            Clock.systemUTC()));
  }

  Lab(Path root, CatalogSettings database) throws IOException {
    this.root = root;
    this.database = database;
    Files.createDirectories(root.resolve("home"));
    this.catalog = Catalog.open(database);
  }

  /** Changes the catalogue behind the engine's back; {@code {admix}} begins a table of ours. */
  int sql(String statement) throws SQLException {
    String prefix = database.url().startsWith("jdbc:sqlite:") ? "admix_" : "admix.";
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement update = connection.createStatement()) {
      return update.executeUpdate(statement.replace("{admix}", prefix));
    }
  }

  /** Stands for a process that died: thrown through everything, as nothing is released. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(CrashPoints.Point point) {
      super("crash at " + point, null, false, false);
    }
  }

  Settings settings() {
    Path home = root.resolve("home");
    return new Settings(
        home,
        database.url(),
        database.user(),
        database.password(),
        home.resolve("state"),
        database.zone(),
        copy,
        leaseSeconds);
  }

  /** A fresh engine, as a new process would open it. */
  MixService mixes() {
    return mixesOver(catalog);
  }

  /** What a fresh engine shares. */
  Services services() {
    return servicesOver(catalog);
  }

  private Services servicesOver(Catalog view) {
    return new Services(
        view, access, settings(), new StateFolder(settings().stateDir()), planner::plan, crash);
  }

  /** A fresh engine over another view of the catalogue. */
  MixService mixesOver(Catalog view) {
    return new MixService(servicesOver(view));
  }

  /** An engine that dies at the point, the first time that it comes there. */
  MixService dyingAt(CrashPoints.Point point) {
    crash =
        at -> {
          if (at == point) {
            throw new Crash(point);
          }
        };
    MixService dying = mixes();
    crash = CrashPoints.NONE;
    return dying;
  }

  /** Every run is a transaction of its own. */
  static CopySettings smallBatches() {
    return new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
  }

  /** Makes a source folder with so many files, in folders of at most ten. */
  SourceSpec source(String name, int files, int count) throws IOException {
    Path folder = root.resolve("data").resolve(name);
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve("d%02d".formatted(i / 10)).resolve("f%04d.txt".formatted(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, name + " " + i + "\n");
    }
    Sources.watch(folder);
    return new SourceSpec(
        name, new Origin.Folder(folder.toString()), new Share.Count(count), Filter.ALL);
  }

  Path sourceFile(String source, int index) {
    return root.resolve("data")
        .resolve(source)
        .resolve("d%02d".formatted(index / 10))
        .resolve("f%04d.txt".formatted(index));
  }

  Recipe recipe(Layout layout, LinkMethod method, OnError onError, SourceSpec... sources) {
    return new Recipe(
        "mix",
        42L,
        new Total.OfCounts(),
        "out/mix",
        layout,
        List.of(method),
        OnShortage.FAIL,
        onError,
        List.of(sources));
  }

  Recipe recipe(SourceSpec... sources) {
    return recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.FAIL, sources);
  }

  Path target() {
    return root.resolve("out/mix");
  }

  Path staging(Task task) {
    return root.resolve("out").resolve(".admix-" + task.id());
  }

  RunReport run(MixService mixes, Recipe recipe) throws Exception {
    return mixes.run(
        new RecipeDocument(recipe, root),
        OptionalLong.empty(),
        RunProgress.Listener.SILENT,
        new StopSignal());
  }

  RunReport run(Recipe recipe) throws Exception {
    return run(mixes(), recipe);
  }

  Task task() {
    return catalog.tasks().list().getFirst();
  }

  /** Paths of all entries but folders below a folder. */
  static Set<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<String> paths =
          walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .map(path -> folder.relativize(path).toString())
              .toList();
      return new TreeSet<>(paths);
    }
  }

  /**
   * What must hold whenever a mix is published: every file has its row and every row its file,
   * once; no staging is left.
   */
  void assertPublished(RunReport report, long files) throws Exception {
    assertThat(report.status()).isEqualTo("COMPLETED");
    assertThat(report.target().files()).isEqualTo(files);
    Set<String> onDisk = files(target());
    assertThat(onDisk).hasSize((int) files);
    List<String> rows = new ArrayList<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("mix").orElseThrow(),
            Set.<Datasets.Column>of(),
            row -> rows.add(row.relativePath()));
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(rows)).isEqualTo(onDisk);
    assertThat(catalog.datasets().find("mix").orElseThrow().files()).isEqualTo(files);
    assertNoStaging();
    Task task = catalog.tasks().byId(report.taskId()).orElseThrow();
    assertThat(task.status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(mixes().verify("mix").ok()).isEqualTo(files);
    assertThat(mixes().verify("mix").isClean()).isTrue();
  }

  void assertNoStaging() throws IOException {
    if (Files.exists(root.resolve("out"))) {
      try (Stream<Path> entries = Files.list(root.resolve("out"))) {
        assertThat(entries.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.startsWith(".admix-"));
      }
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
