package io.admix.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, and how they parse, print help and fail.
 *
 * <p>A command is made whole only where its name is among the arguments. Of the others a page shows
 * name and header, and reading all their annotations takes longer than a small command itself.
 */
final class CommandTree {
  private static final int COLUMNS_MAX = 110;

  private final CommandContext context;
  private final Set<String> words;

  private CommandTree(CommandContext context, String... arguments) {
    this.context = context;
    this.words = Arrays.stream(arguments).collect(Collectors.toUnmodifiableSet());
  }

  /** The tree for a command line, which it parses. */
  static CommandLine of(CommandContext context, String... arguments) {
    CommandTree tree = new CommandTree(context, arguments);
    return configured(tree.root(), context);
  }

  private CommandLine root() {
    CommandLine root = new CommandLine(new RootCommand(context.console()));
    add(root, "demo", DemoCommand.HEADER, () -> new DemoCommand(context));
    addGroup(root, "dataset", DatasetCommand.HEADER, this::dataset);
    add(root, "plan", PlanCommand.HEADER, () -> new PlanCommand(context));
    add(root, "run", RunCommand.HEADER, () -> new RunCommand(context));
    addGroup(root, "task", TaskCommand.HEADER, this::task);
    add(root, "verify", VerifyCommand.HEADER, () -> new VerifyCommand(context));
    add(root, "doctor", DoctorCommand.HEADER, () -> new DoctorCommand(context));
    add(root, "serve", ServeCommand.HEADER, () -> new ServeCommand(context));
    add(root, "spark", SparkCommand.HEADER, () -> new SparkCommand(context));
    add(root, "migrate", MigrateCommand.HEADER, () -> new MigrateCommand(context));
    add(root, "help", HelpCommand.HEADER, () -> new HelpCommand(context.console()));
    return root;
  }

  private CommandLine dataset() {
    CommandLine group = new CommandLine(new DatasetCommand(context.console()));
    add(group, "add", DatasetAddCommand.HEADER, () -> new DatasetAddCommand(context));
    add(group, "list", DatasetListCommand.HEADER, () -> new DatasetListCommand(context));
    add(group, "show", DatasetShowCommand.HEADER, () -> new DatasetShowCommand(context));
    add(group, "rescan", DatasetRescanCommand.HEADER, () -> new DatasetRescanCommand(context));
    add(
        group,
        "manifest",
        DatasetManifestCommand.HEADER,
        () -> new DatasetManifestCommand(context));
    add(group, "export", DatasetExportCommand.HEADER, () -> new DatasetExportCommand(context));
    add(group, "remove", DatasetRemoveCommand.HEADER, () -> new DatasetRemoveCommand(context));
    return group;
  }

  private CommandLine task() {
    CommandLine group = new CommandLine(new TaskCommand(context.console()));
    add(group, "list", TaskListCommand.HEADER, () -> new TaskListCommand(context));
    add(group, "show", TaskShowCommand.HEADER, () -> new TaskShowCommand(context));
    add(group, "wait", TaskWaitCommand.HEADER, () -> new TaskWaitCommand(context));
    add(group, "resume", TaskResumeCommand.HEADER, () -> new TaskResumeCommand(context));
    add(group, "cancel", TaskCancelCommand.HEADER, () -> new TaskCancelCommand(context));
    add(group, "delete", TaskDeleteCommand.HEADER, () -> new TaskDeleteCommand(context));
    return group;
  }

  private void add(CommandLine above, String name, String header, Supplier<Object> command) {
    addGroup(above, name, header, () -> new CommandLine(command.get()));
  }

  private void addGroup(
      CommandLine above, String name, String header, Supplier<CommandLine> command) {
    above.addSubcommand(name, words.contains(name) ? command.get() : named(header));
  }

  private static CommandLine named(String header) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().header(header);
    return new CommandLine(spec);
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
