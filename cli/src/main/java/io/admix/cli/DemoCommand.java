package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.VerifyReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    header = DemoCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix demo [OPTION ...]", ""},
    description = {
      "Takes the sources that this JDK brings with it (lib/src.zip; without one, files that Admix makes), unpacks some packages"
          + " once below the home, registers them as datasets, mixes several thousand files by ratio, publishes, verifies and reports."
          + " The recipe is written to HOME/demo/recipe.yaml: change it and run it yourself. Running the demo again changes nothing."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:done", "  1:failed", "130:interrupted; the same command goes on"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix demo", "  admix demo --home /tmp/try-admix"})
final class DemoCommand extends EngineCommand {
  static final String HEADER = "See a real mix made, start to report, in seconds.";

  DemoCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    Path folder = admix.settings().home().resolve("demo");
    DemoSources sources;
    try (ProgressView view = progress()) {
      sources = DemoSources.prepare(folder, admix.settings(), view);
      sources.register(admix, view);
    }
    Path recipe = sources.writeRecipe(folder);
    say("Sources: " + sources.origin());
    say("Recipe:  " + recipe);
    say("");
    sources.recipeText().lines().forEach(line -> say("    " + line));
    say("");
    RecipeDocument document = RecipeReader.read(recipe);
    RunReport report = make(admix, document);
    int code = new Running(context, options).report(report);
    if (!options.json) {
      VerifyReport verified = admix.mixes().verify(report.target().name());
      VerifyCommand.print(console(), verified);
      next(recipe, report);
    }
    return code;
  }

  private RunReport make(Admix admix, RecipeDocument document) throws Exception {
    StopSignal stop = context.interruption().stopForRun();
    try (ProgressView view = progress()) {
      if (admix.datasets().list().stream()
          .noneMatch(d -> d.name().equals(document.recipe().name()))) {
        PlanSummary plan =
            admix
                .mixes()
                .plan(
                    document,
                    OptionalLong.empty(),
                    null,
                    (step, files) -> view.at(step, files, -1, ""));
        view.close();
        say(
            "Plan:    "
                + Words.files(plan.entries())
                + ", "
                + Words.bytes(plan.bytes())
                + "; "
                + PlanText.methods(plan.methods()));
        say("");
      }
      return admix.mixes().run(document, OptionalLong.empty(), Running.listener(view), stop);
    }
  }

  private void next(Path recipe, RunReport report) {
    say("");
    String name = report.target().name();
    say("Try next:");
    Table table = new Table("", "");
    table.row("  ls " + report.target().path(), "the files");
    table.row("  admix dataset show " + name, "what is in the mix");
    table.row("  admix dataset manifest " + name, "where each file came from");
    table.row("  admix demo", "again: nothing is made twice");
    table.row("  admix run " + recipe, "your own: change name, seed and shares in it first");
    table.lines(console().errStyle()).forEach(this::say);
  }

  private void say(String line) {
    PrintStream err = console().err();
    if (!options.quiet && !options.json) {
      err.println(line);
    }
  }
}
