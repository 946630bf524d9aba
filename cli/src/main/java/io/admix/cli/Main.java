package io.admix.cli;

import java.nio.file.Path;
import java.util.Map;

/** The process {@code admix}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The engine logs to stderr what only its developers read;
    // ADMIX_JAVA_OPTS="-Dorg.slf4j.simpleLogger.defaultLogLevel=info" shows it.
    if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
      // What it cannot do it throws, and that is told in words; its log adds a stack trace.
      System.setProperty("org.slf4j.simpleLogger.log.org.flywaydb", "off");
    }
    Console console = Console.ofProcess(System.getenv());
    Interruption interruption = new Interruption();
    interruption.install(console);
    int code =
        run(
            arguments,
            new CommandContext(
                console, System.getenv(), Path.of("").toAbsolutePath(), interruption));
    console.out().flush();
    console.err().flush();
    // An answer that could not be written was not given.
    System.exit(console.out().checkError() && code == ExitCode.DONE ? ExitCode.FAILED : code);
  }

  /** Runs one command in this process. */
  static int run(String[] arguments, CommandContext context) {
    String[] ordered = GlobalPlace.behindCommand(arguments);
    return CommandTree.of(context, ordered).execute(ordered);
  }

  /** For tests: a console and an environment of their own. */
  static int run(
      Console console, Map<String, String> environment, Path folder, String... arguments) {
    return run(arguments, new CommandContext(console, environment, folder, new Interruption()));
  }
}
