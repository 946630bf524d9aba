package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.plan.PlanJson;
import io.admix.engine.plan.PlanSummary;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    header = PlanCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix plan RECIPE [-o PLAN] [OPTION ...]", ""},
    description = {
      "Reads the sources, works out the quotas and chooses the files: asked, available and planned per source, the link"
          + " methods, tried with a chosen file of each source in a scratch folder that is removed, and bytes to copy. A mix that"
          + " does not fit is refused. Publishes nothing, registers nothing. With -o the plan is sealed in a"
          + " file, and admix run PLAN executes exactly that."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:planned",
      "  1:failed",
      "  2:bad recipe, or a mix that does not fit",
      "  3:infeasible: the sources cannot give what is asked"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix plan recipe.yaml",
      "  admix plan recipe.yaml -o mix.plan && admix run mix.plan",
      "  admix plan recipe.yaml --json"
    })
final class PlanCommand extends EngineCommand {
  static final String HEADER = "Show what a recipe would take; make nothing.";

  @Parameters(index = "0", paramLabel = "RECIPE", description = "The recipe, YAML or JSON.")
  private Path recipe = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PLAN",
      order = 1,
      description = "Seal the plan in this file.")
  private @Nullable Path output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 2,
      description = "Seed instead of the recipe's, 0 to 9007199254740991.")
  private @Nullable Long seed;

  PlanCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Path out = output == null ? null : context.resolve(output);
    PlanSummary summary;
    try (ProgressView view = progress()) {
      summary =
          admix
              .mixes()
              .plan(
                  Recipes.read(context, recipe),
                  seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                  out,
                  (step, files) -> view.at(step, files, -1, ""));
    }
    if (options.json) {
      Json.print(console(), PlanJson.of(summary));
    } else {
      new PlanText(console().outStyle()).lines(summary).forEach(console().out()::println);
    }
    advise("");
    advise(
        out == null
            ? "Make it: admix run " + recipe
            : "The plan is in " + out + ". Make exactly that: admix run " + output);
    return ExitCode.DONE;
  }
}
