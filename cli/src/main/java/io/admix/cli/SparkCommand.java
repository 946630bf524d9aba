package io.admix.cli;

import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "spark",
    header = SparkCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix spark RECIPE [OPTION ...]", ""},
    description = {
      "Prints the spark-submit line that makes the mix with its files placed by the executors of a Spark cluster: the same"
          + " mix, catalogue, tasks and exit codes as admix run. Executors need the folders of sources, target and state under"
          + " the same paths as the driver, and the same user: see docs/spark.md. Nothing is started here.",
      "",
      "In a source tree the jar is built first, which fetches Spark's libraries the first time."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:printed", "  2:bad recipe or setting"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix spark recipe.yaml",
      "  admix spark recipe.yaml --master spark://head:7077 --export /shared/export",
      "  sh -c \"$(admix spark recipe.yaml --master yarn -q)\""
    })
final class SparkCommand implements Callable<Integer> {
  static final String HEADER = "Print the spark-submit line that makes a mix on a cluster.";

  /** Set by the launcher, which knows where the jar lies. */
  private static final String JAR = "admix.spark.jar";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.:=,@%+-]+");

  private final CommandContext context;

  @Mixin private GlobalOptions options = new GlobalOptions();

  @Parameters(index = "0", paramLabel = "RECIPE", description = "A recipe (YAML or JSON).")
  private Path recipe = Path.of("");

  @Option(
      names = "--master",
      paramLabel = "URL",
      order = 1,
      description = "Master of the cluster. Default: what spark-submit finds set.")
  private @Nullable String master;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      order = 2,
      description = "Plan on the cluster too, out of this export (admix dataset export).")
  private @Nullable Path export;

  @Option(
      names = "--from-catalog",
      order = 3,
      description = "Plan on the cluster too, out of the catalogue itself, on PostgreSQL.")
  private boolean fromCatalog;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      order = 4,
      description = "Folder that driver and executors share. Default: the state folder.")
  private @Nullable Path work;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 5,
      description = "Seed instead of the recipe's, 0 to 9007199254740991.")
  private @Nullable Long seed;

  SparkCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Recipes.read(context, recipe);
    Settings settings = context.settings(options, List.of());
    if (export != null && fromCatalog) {
      throw new RefusedException("Rows come from --export or --from-catalog, not from both.");
    }
    if (seed != null && (seed < 0 || seed > Recipe.SEED_MAX)) {
      throw new RefusedException("--seed %d is none of 0 to %d.".formatted(seed, Recipe.SEED_MAX));
    }
    String jar = System.getProperty(JAR);
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new RefusedException(
          "The jar for Spark is not there%s. In a source tree ./admix spark builds it; a package has it in lib/spark."
              .formatted(jar == null ? "" : ": " + jar));
    }
    List<List<String>> words = words(jar, settings);
    if (options.json) {
      ObjectNode answer = Json.object();
      ArrayNode command = answer.putArray("command");
      words.forEach(line -> line.forEach(command::add));
      Json.print(context.console(), answer);
      return ExitCode.DONE;
    }
    context.console().out().println(shown(words));
    advise(settings);
    return ExitCode.DONE;
  }

  /** The command, in the groups that stand on one line each. */
  private List<List<String>> words(String jar, Settings settings) {
    List<List<String>> words = new ArrayList<>();
    words.add(List.of("spark-submit"));
    words.add(List.of("--class", "io.admix.spark.Main"));
    if (master != null) {
      words.add(List.of("--master", master));
    }
    words.add(List.of("--conf", "spark.speculation=true"));
    words.add(List.of(jar, context.resolve(recipe).toString()));
    words.add(List.of("--home", settings.home().toString()));
    if (options.database != null) {
      words.add(List.of("--db", options.database));
    }
    options.settings.forEach(setting -> words.add(List.of("-c", setting)));
    if (export != null) {
      words.add(List.of("--export", context.resolve(export).toString()));
    }
    if (fromCatalog) {
      words.add(List.of("--from-catalog"));
    }
    if (work != null) {
      words.add(List.of("--work", context.resolve(work).toString()));
    }
    if (seed != null) {
      words.add(List.of("--seed", seed.toString()));
    }
    return words;
  }

  private static String shown(List<List<String>> words) {
    return words.stream()
        .map(line -> line.stream().map(SparkCommand::quoted).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" \\\n  "));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void advise(Settings settings) {
    if (options.quiet) {
      return;
    }
    var err = context.console().err();
    err.println();
    err.println(
        "Executors need the folders of sources and target, and %s, under the same paths, as the same user."
            .formatted(work == null ? settings.stateDir() : context.resolve(work)));
    if (settings.databaseUrl().startsWith("jdbc:sqlite:")) {
      err.println(
          "The catalogue is SQLite: the driver must run on this machine (--deploy-mode client).");
    }
  }
}
