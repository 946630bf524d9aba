package io.admix.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** All commands, and how they parse, print help and fail. */
final class CommandTree {
  private static final int COLUMNS_MAX = 110;

  private CommandTree() {}

  static CommandLine of(CommandContext context) {
    CommandLine root =
        new CommandLine(new RootCommand(context.console()))
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(
                new CommandLine(new DatasetCommand(context.console()))
                    .addSubcommand(new DatasetAddCommand(context))
                    .addSubcommand(new DatasetListCommand(context))
                    .addSubcommand(new DatasetShowCommand(context))
                    .addSubcommand(new DatasetRescanCommand(context))
                    .addSubcommand(new DatasetManifestCommand(context))
                    .addSubcommand(new DatasetRemoveCommand(context)))
            .addSubcommand(new PlanCommand(context))
            .addSubcommand(new RunCommand(context))
            .addSubcommand(
                new CommandLine(new TaskCommand(context.console()))
                    .addSubcommand(new TaskListCommand(context))
                    .addSubcommand(new TaskShowCommand(context))
                    .addSubcommand(new TaskWaitCommand(context))
                    .addSubcommand(new TaskResumeCommand(context))
                    .addSubcommand(new TaskCancelCommand(context))
                    .addSubcommand(new TaskDeleteCommand(context)))
            .addSubcommand(new VerifyCommand(context))
            .addSubcommand(new DoctorCommand(context))
            .addSubcommand(new ServeCommand(context))
            .addSubcommand(new MigrateCommand(context))
            .addSubcommand(new HelpCommand(context.console()));
    return configured(root, context);
  }

  private static CommandLine configured(CommandLine root, CommandContext context) {
    Console console = context.console();
    Ansi ansi =
        console.outKind() == Console.Kind.TERMINAL && console.colour() == Console.Colour.ON
            ? Ansi.ON
            : Ansi.OFF;
    ColorScheme colours =
        new ColorScheme.Builder(ansi)
            .commands(Ansi.Style.bold)
            .options(Ansi.Style.fg_cyan)
            .parameters(Ansi.Style.fg_cyan)
            .build();
    return root.setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setColorScheme(colours)
        .setUsageHelpWidth(Math.min(console.columns(), COLUMNS_MAX))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpLongOptionsMaxWidth(26)
        .setAbbreviatedSubcommandsAllowed(false)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, arguments) -> Failures.usage(e, console))
        .setExecutionExceptionHandler((e, command, result) -> Failures.report(e, context));
  }
}
