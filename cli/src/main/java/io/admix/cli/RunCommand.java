package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.StopSignal;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.run.TaskFailedException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    header = RunCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix run RECIPE|PLAN [OPTION ...]", ""},
    description = {
      "Makes the mix that the recipe asks for, or exactly what a sealed plan holds. It is published in one step: whole, or not at all.",
      "",
      "Repeatable, keyed by the dataset's name. Published from the same recipe: told so, exit 0. Interrupted: goes on"
          + " where it was. Made from another recipe: refused, with the difference. A recipe without a seed keeps the one drawn the first time."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:published, or published already",
      "  1:failed; what was placed is kept where it can go on",
      "  2:bad recipe, taken name, existing target, no room, or another process is making it; nothing was made",
      "  3:infeasible: the sources cannot give what is asked; nothing was made",
      "  4:published, with files skipped (on-error: skip)",
      "130:interrupted by Ctrl-C (143: SIGTERM); the same command goes on"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix run recipe.yaml",
      "  admix run recipe.yaml --seed 7 --json",
      "  admix plan recipe.yaml -o mix.plan && admix run mix.plan"
    })
final class RunCommand extends EngineCommand {
  static final String HEADER = "Make a mix: plan, place, record, publish, report.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "RECIPE|PLAN",
      description = "A recipe (YAML or JSON), or a plan of admix plan -o.")
  private Path recipe = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 1,
      description = "Seed instead of the recipe's, 0 to 9007199254740991.")
  private @Nullable Long seed;

  RunCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    boolean isPlan = Recipes.isPlan(context, recipe);
    if (isPlan && seed != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "A sealed plan has its seed: --seed goes with a recipe.");
    }
    Running running = new Running(context, options);
    RunReport report;
    try (ProgressView view = progress()) {
      RunProgress.Listener listener = Running.listener(view);
      StopSignal stop = context.interruption().stopForRun();
      report =
          isPlan
              ? admix.mixes().run(context.resolve(recipe), listener, stop)
              : admix
                  .mixes()
                  .run(
                      Recipes.read(context, recipe),
                      seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                      listener,
                      stop);
    } catch (TaskFailedException e) {
      running.failed(admix, e);
      throw e;
    }
    int code = running.report(report);
    advise(
        "Next: admix verify "
            + report.target().name()
            + ", admix dataset show "
            + report.target().name());
    return code;
  }
}
