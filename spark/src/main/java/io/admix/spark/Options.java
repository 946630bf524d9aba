package io.admix.spark;

import io.admix.core.name.Near;
import io.admix.engine.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line says. */
final class Options {
  static final String USAGE =
      """
      Makes a mix on a Spark cluster, as `admix run` makes it on one machine.

        spark-submit --class io.admix.spark.Main admix-spark.jar RECIPE [OPTION ...]

        --work DIR          folder that driver and executors share; by default the state folder
        --export DIR        plan on the executors too, of this export of the catalogue
                            (admix dataset export), which driver and executors share
        --plan-parquet DIR  keep the plan as Parquet too, in a new folder; with --export
        --seed N            seed instead of the recipe's
        --home DIR          folder of catalogue and state; by default $ADMIX_HOME
        --db URL            JDBC URL of the catalogue; by default $ADMIX_DB
        -c, --setting K=V   a setting; may be repeated
        --json              the report as JSON
        -q, --quiet         no progress

      Exit codes: 0 published, 1 failed, 2 refused, 3 infeasible, 4 published with files skipped.
      admix spark RECIPE prints the whole line; docs/spark.md tells what executors need.\
      """;

  private static final List<String> KNOWN =
      List.of(
          "--work",
          "--export",
          "--plan-parquet",
          "--seed",
          "--home",
          "--db",
          "-c",
          "--setting",
          "--json",
          "-q",
          "--quiet",
          "-h",
          "--help");

  @Nullable Path recipe;
  @Nullable Path work;
  @Nullable Path export;
  @Nullable Path planParquet;
  @Nullable Long seed;
  @Nullable String home;
  @Nullable String database;
  final List<String> settings = new ArrayList<>();
  boolean json;
  boolean quiet;
  boolean help;

  private Options() {}

  /**
   * @throws RefusedException with every problem
   */
  static Options parse(List<String> arguments) throws RefusedException {
    Options options = new Options();
    List<String> problems = new ArrayList<>();
    Iterator<String> words = arguments.iterator();
    while (words.hasNext()) {
      options.take(words.next(), words, problems);
    }
    if (options.recipe == null && !options.help && problems.isEmpty()) {
      problems.add("No recipe is named. See: --help");
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return options;
  }

  private void take(String word, Iterator<String> words, List<String> problems) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = equals < 0 ? word : word.substring(0, equals);
    String given = equals < 0 ? null : word.substring(equals + 1);
    switch (name) {
      case "--json" -> json = true;
      case "-q", "--quiet" -> quiet = true;
      case "-h", "--help" -> help = true;
      case "--work", "--export", "--plan-parquet", "--seed", "--home", "--db", "-c", "--setting" ->
          value(name, given != null ? given : words.hasNext() ? words.next() : null, problems);
      default -> positional(name, problems);
    }
  }

  private void positional(String word, List<String> problems) {
    if (word.startsWith("-")) {
      problems.add("%s is no option%s".formatted(word, Near.question(word, KNOWN)));
    } else if (recipe != null) {
      problems.add("Only one recipe can be made at a time: %s and %s.".formatted(recipe, word));
    } else {
      recipe = Path.of(word);
    }
  }

  private void value(String name, @Nullable String value, List<String> problems) {
    if (value == null || value.isEmpty()) {
      problems.add(name + " needs a value.");
      return;
    }
    switch (name) {
      case "--work" -> work = Path.of(value);
      case "--export" -> export = Path.of(value);
      case "--plan-parquet" -> planParquet = Path.of(value);
      case "--home" -> home = value;
      case "--db" -> database = value;
      case "--seed" -> seed(value, problems);
      default -> settings.add(value);
    }
  }

  private void seed(String value, List<String> problems) {
    try {
      seed = Long.valueOf(value);
    } catch (NumberFormatException e) {
      problems.add("--seed %s is no whole number.".formatted(value));
    }
  }
}
