package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.settings.SettingKey;
import io.admix.engine.settings.SettingKeys;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasAPageThatAPersonWantsToRead(List<String> words) {
    CommandRun help = CommandRun.of(folder, with(words, "--help"));
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("admix " + String.join(" ", words))
        .contains("Options:", "Examples:");
    assertThat(help.out().lines()).as("fits a terminal").allMatch(line -> line.length() <= 110);
    assertThat(folder.resolve("home")).as("help opens nothing").doesNotExist();
    if (!words.isEmpty() && !words.equals(List.of("help"))) {
      CommandRun byWord =
          CommandRun.of(folder, with(List.of("help"), words.toArray(String[]::new)));
      assertThat(byWord.out()).isEqualTo(help.out());
    }
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void eachCommandOnTheEngineTellsItsExitCodesAndTakesTheGlobalOptions(List<String> words) {
    assertThat(CommandRun.of(folder, with(words, "--help")).out())
        .contains("Exit codes:", "--home", "--db", "--setting", "--json", "--quiet");
  }

  @Test
  void settingsAreShownFromTheRegistry() {
    String out = CommandRun.of(folder, "help", "settings").out();
    for (SettingKey key : SettingKeys.all()) {
      assertThat(out).contains(key.key(), key.meaning(), key.range(), "default " + key.byDefault());
    }
  }

  @Test
  void theSettingsPageIsTheRegistry() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (SettingKey key : SettingKeys.all()) {
      rows.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(key.key(), key.byDefault(), key.range(), key.meaning()));
    }
    assertThat(Files.readString(Repository.root().resolve("docs/settings.md"))).contains(rows);
  }

  /** docs/cli.md has the help page of every command, word for word. */
  @Test
  void theCommandsPageIsTheHelp() throws Exception {
    StringBuilder page = new StringBuilder();
    for (List<String> words : commands().toList()) {
      String name = ("admix " + String.join(" ", words)).strip();
      page.append("\n## ")
          .append(name)
          .append("\n\n```\n")
          .append(CommandRun.of(folder, with(words, "--help")).out())
          .append("```\n");
    }
    Path file = Repository.root().resolve("docs/cli.md");
    String start = Files.readString(file).split("\n## admix\n", 2)[0];
    Path made = Path.of("target/cli.md").toAbsolutePath();
    Files.writeString(made, start + page);
    assertThat(Files.readString(file))
        .as("when a help page was changed on purpose: cp " + made + " docs/cli.md")
        .isEqualTo(start + page);
  }

  @Test
  void anUnknownCommandOrOptionIsBadUsageAndSuggestsTheNearOne() {
    CommandRun unknown = CommandRun.of(folder, "rum", "x.yaml");
    assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(unknown.err()).contains("run");
    assertThat(unknown.out()).isEmpty();
    CommandRun option = CommandRun.of(folder, "run", "x.yaml", "--sed", "7");
    assertThat(option.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(option.err()).contains("--seed");
    assertThat(CommandRun.of(folder, "run").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(CommandRun.of(folder).code()).isEqualTo(ExitCode.REFUSED);
  }

  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(tree(), List.of(), all);
    return all.stream();
  }

  static Stream<List<String>> leaves() {
    return commands()
        .filter(words -> !words.isEmpty() && !List.of("dataset", "task", "help").equals(words))
        .filter(words ->
            !List.of(List.of("dataset"), List.of("task"), List.of("help")).contains(words));
  }

  private static void collect(CommandLine command, List<String> words, List<List<String>> all) {
    all.add(words);
    command
        .getSubcommands()
        .forEach((name, below) -> collect(below, List.of(with(words, name)), all));
  }

  private static CommandLine tree() {
    Console console =
        new Console(
            System.in,
            new PrintStream(System.out),
            new PrintStream(System.err),
            Console.Kind.FILE,
            Console.Kind.FILE,
            Console.Glyphs.ASCII,
            Console.Colour.OFF,
            100);
    return CommandTree.of(
        new CommandContext(console, java.util.Map.of(), Path.of(""), new Interruption()),
        "dataset",
        "task");
  }

  private static String[] with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
