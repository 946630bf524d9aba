package io.admix.cli;

import io.admix.core.name.Printable;
import io.admix.engine.Admix;
import io.admix.engine.verify.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "verify",
    header = VerifyCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix verify DATASET [OPTION ...]", ""},
    description = {
      "Looks at every file of the mix, without reading its bytes. drifted: whole, but its source is gone or is another file now."
          + " missing: gone. damaged: of another inode, size or time. extra: a file that the manifest does not know. Nothing is changed."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"  0:all as published", "  1:any problem", "  2:no such dataset, or no mix"},
    footerHeading = "%nExamples:%n",
    footer = {"  admix verify code-mix", "  admix verify code-mix --json"})
final class VerifyCommand extends EngineCommand {
  static final String HEADER = "Compare a published mix with its manifest and its sources.";

  private static final int PROBLEMS_SHOWN = 20;

  @Parameters(index = "0", paramLabel = "DATASET", description = "The mix's name.")
  private String name = "";

  VerifyCommand(CommandContext context) {
    super(context);
  }

  @Override
  int run(Admix admix) throws Exception {
    VerifyReport report = admix.mixes().verify(name);
    if (options.json) {
      Json.print(console(), json(report));
    } else {
      print(console(), report);
    }
    return report.isClean() ? ExitCode.DONE : ExitCode.FAILED;
  }

  static void print(Console console, VerifyReport report) {
    Style style = console.outStyle();
    String result =
        report.isClean()
            ? style.good("all " + Words.files(report.files()) + " as published, sources unchanged")
            : style.bad("not as published");
    console.out().println(style.bold(report.dataset()) + ": " + result);
    if (report.isClean()) {
      return;
    }
    Table table = new Table("", ">");
    table.row("ok", Words.number(report.ok()));
    table.row("drifted", Words.number(report.drifted()));
    table.row("missing", Words.number(report.missing()));
    table.row("damaged", Words.number(report.damaged()));
    table.row("extra", Words.number(report.extra()));
    table.lines(style).forEach(line -> console.out().println("  " + line));
    report.problems().stream()
        .limit(PROBLEMS_SHOWN)
        .forEach(p ->
            console
                .out()
                .println(
                    p.kind() + ": " + Printable.of(p.path()) + ", " + Printable.of(p.detail())));
    if (report.problems().size() > PROBLEMS_SHOWN) {
      console
          .out()
          .println(
              "… and more: admix verify " + report.dataset() + " --json lists the first thousand");
    }
  }

  private static ObjectNode json(VerifyReport report) {
    ObjectNode answer =
        Json.object()
            .put("dataset", report.dataset())
            .put("files", report.files())
            .put("ok", report.ok())
            .put("drifted", report.drifted())
            .put("missing", report.missing())
            .put("damaged", report.damaged())
            .put("extra", report.extra());
    ArrayNode problems = answer.putArray("problems");
    report
        .problems()
        .forEach(p ->
            problems
                .addObject()
                .put("kind", p.kind())
                .put("path", p.path())
                .put("detail", p.detail()));
    return answer;
  }
}
