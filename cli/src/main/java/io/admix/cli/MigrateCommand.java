package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.CatalogMigration;
import io.admix.engine.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "migrate",
    header = MigrateCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix migrate [--print] [OPTION ...]", ""},
    description = {
      "Every command brings the catalogue to its version when it opens it; this one does nothing else. Existing tables"
          + " are never altered but Admix's own, which on PostgreSQL stand in schema admix.",
      "",
      "With --print nothing is changed or made: the SQL that would be executed on this database goes to stdout. Whoever"
          + " executes it by hand needs no right of Admix to make tables."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:the catalogue is of this version, or its SQL was printed",
      "  1:the database failed",
      "  2:a newer version wrote the catalogue; nothing was changed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix migrate --print --db jdbc:postgresql://db/datamate",
      "  admix migrate --db jdbc:postgresql://db/datamate"
    })
final class MigrateCommand implements Callable<Integer> {
  static final String HEADER = "Bring the catalogue to this version, or show the SQL of it.";

  private final CommandContext context;

  @Mixin private GlobalOptions options = new GlobalOptions();

  @Option(
      names = "--print",
      order = 1,
      description = "Print the SQL that would be executed; change nothing.")
  private boolean print;

  MigrateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(options, List.of());
    CatalogMigration.Pending pending = CatalogMigration.pending(settings);
    if (!print) {
      Admix.open(settings).close();
    }
    if (options.json) {
      ObjectNode answer = Json.object();
      answer.put("database", settings.databaseUrl());
      answer.put("from", pending.from());
      answer.put("to", pending.to());
      answer.put("executed", !print && !pending.isEmpty());
      answer.put("sql", pending.sql());
      Json.print(context.console(), answer);
    } else if (print) {
      tell(pending);
    } else {
      context.console().out().println(done(settings, pending));
    }
    return ExitCode.DONE;
  }

  private void tell(CatalogMigration.Pending pending) {
    context.console().out().print(pending.sql());
    if (pending.isEmpty() && !options.quiet) {
      context
          .console()
          .err()
          .println("The catalogue is at schema " + pending.to() + ": nothing is to be done.");
    }
  }

  private static String done(Settings settings, CatalogMigration.Pending pending) {
    if (pending.isEmpty()) {
      return "%s is at schema %d: nothing was to be done."
          .formatted(settings.databaseUrl(), pending.to());
    }
    return pending.from() == 0
        ? "%s got the tables of schema %d.".formatted(settings.databaseUrl(), pending.to())
        : "%s was brought from schema %d to %d."
            .formatted(settings.databaseUrl(), pending.from(), pending.to());
  }
}
