package io.admix.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class GlobalOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      order = 90,
      description =
          "Folder of catalogue and state. Default: $ADMIX_HOME, else admix in the user's data folder.")
  @Nullable String home;

  @Option(
      names = "--db",
      paramLabel = "URL",
      order = 91,
      description = {
        "JDBC URL of the catalogue. Default: $ADMIX_DB, else SQLite in the home.",
        "User and password: $ADMIX_DB_USER, $ADMIX_DB_PASSWORD, or $ADMIX_DB_PASSWORD_FILE."
      })
  @Nullable String database;

  @Option(
      names = {"-c", "--setting"},
      paramLabel = "KEY=VALUE",
      order = 92,
      description = "A setting; may be repeated. All of them: admix help settings.")
  List<String> settings = new ArrayList<>();

  @Option(names = "--json", order = 93, description = "Answer in JSON, one document on stdout.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      order = 94,
      description = "No progress and no advice, only the answer and errors.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 95,
      description = "Show this page.")
  boolean help;
}
