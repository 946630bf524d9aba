package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.Planner;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Settings;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.OtherRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Engines over one database and one state folder, each with a catalogue of its own as a new process
 * would have it, in a world that a test may stop. Its planner is the real one.
 */
final class CrashBench implements AutoCloseable {
  final Path root;
  private final CatalogSettings database;
  private final Connection looking;

  /** What checks look through; no engine has it. */
  final Catalog catalog;

  private int numbers;
  private Services.PlacerMaker placers = OtherRules::right;

  CrashBench(Path root, CatalogSettings database) throws IOException, SQLException {
    this.root = root;
    this.database = database;
    Files.createDirectories(root.resolve("home"));
    this.catalog = Catalog.open(database);
    this.looking =
        DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  static CrashBench onSqlite(Path root) throws IOException, SQLException {
    Path home = Files.createDirectories(root.resolve("home"));
    return new CrashBench(
        root,
        new CatalogSettings(
            "jdbc:sqlite:" + home.resolve("catalog.db"),
            null,
            null,
            ZoneOffset.UTC,
            Clock.systemUTC()));
  }

  /** So that no two mixes have one name. */
  int nextNumber() {
    return ++numbers;
  }

  void placers(Services.PlacerMaker maker) {
    placers = maker;
  }

  Settings settings() {
    Path home = root.resolve("home");
    return new Settings(
        home,
        database.url(),
        database.user(),
        database.password(),
        stateDir(),
        database.zone(),
        // One worker and transactions of one run: as many instants as there can be, in an order
        // that hardly varies.
        new CopySettings(1, 1, 4.0, 32L << 20, 0.2, false, 1, 1, false),
        30);
  }

  Path stateDir() {
    return root.resolve("home/state");
  }

  Path out() {
    return root.resolve("out");
  }

  static FaultLayer files() {
    return new FaultLayer(FileAccess.portable()).reflinkingByCopy();
  }

  /** A catalogue as a new process would open it. */
  Catalog openCatalog() {
    return Catalog.open(database);
  }

  /** Runs the recipe as a new process would, over these files. */
  RunReport run(FaultLayer files, Recipe recipe) throws Exception {
    try (Catalog catalog = openCatalog()) {
      return mixes(files, catalog)
          .run(
              new RecipeDocument(recipe, root),
              OptionalLong.empty(),
              RunProgress.Listener.SILENT,
              new StopSignal());
    }
  }

  MixService mixes(FaultLayer files, Catalog real) {
    Catalog catalog = CatalogLayer.over(real, files.world());
    PlanMaker planner =
        (request, scratch, file, progress) ->
            new Planner(catalog, files, scratch).plan(request, file, progress);
    return new MixService(
        new Services(
            catalog,
            files,
            settings(),
            new StateFolder(stateDir()),
            planner,
            point -> files.world().change("point " + point, () -> point),
            placers));
  }

  /** Rows of the first column; {@code {admix}} begins a table of ours. */
  List<String> look(String query, String argument) throws SQLException {
    String prefix = database.url().startsWith("jdbc:sqlite:") ? "admix_" : "admix.";
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = looking.prepareStatement(query.replace("{admix}", prefix))) {
      statement.setString(1, argument);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    catalog.close();
    looking.close();
  }
}
