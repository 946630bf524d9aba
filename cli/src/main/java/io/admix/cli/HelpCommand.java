package io.admix.cli;

import io.admix.engine.settings.SettingKey;
import io.admix.engine.settings.SettingKeys;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    header = HelpCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix help [COMMAND ...]", "  admix help settings", ""},
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  admix help dataset add", "  admix help settings"})
final class HelpCommand implements Callable<Integer> {
  static final String HEADER =
      "Show the help of a command, or every setting (admix help settings).";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Words of a command, such as dataset add; or settings.")
  private String @Nullable [] words;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  private boolean help;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (words != null && words.length == 1 && words[0].equals("settings")) {
      printSettings();
      return ExitCode.DONE;
    }
    CommandLine command = spec.commandLine().getParent();
    for (String word : words == null ? new String[0] : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "There is no command " + word + " to help with.");
      }
      command = below;
    }
    command.usage(console.out());
    return ExitCode.DONE;
  }

  private void printSettings() {
    Style style = console.outStyle();
    console
        .out()
        .println(
            "Settings, later places win: the defaults; HOME/admix.properties (key = value); the environment");
    console
        .out()
        .println(
            "(admix.copy.batch-size is ADMIX_COPY_BATCH_SIZE); -c key=value on the command line.");
    for (SettingKey key : SettingKeys.all()) {
      console.out().println();
      console.out().println(style.bold(key.key()) + "  " + style.dim("default " + key.byDefault()));
      console.out().println("    " + key.meaning());
      console.out().println("    Range: " + key.range() + ".");
    }
  }
}
