package io.admix.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One command run in this process, and what it answered. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(Path folder, String... arguments) {
    return of(folder, Console.Glyphs.ASCII, arguments);
  }

  /**
   * In a folder whose catalogue is in {@code home} below it; unicode glyphs as on a terminal,
   * without colours.
   */
  static CommandRun of(Path folder, Console.Glyphs glyphs, String... arguments) {
    return of(Map.of("ADMIX_HOME", folder.resolve("home").toString()), folder, glyphs, arguments);
  }

  /** With any home and database. */
  static CommandRun of(Home home, Path folder, String... arguments) {
    return of(home.environment(), folder, Console.Glyphs.ASCII, arguments);
  }

  private static CommandRun of(
      Map<String, String> environment, Path folder, Console.Glyphs glyphs, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console.Kind kind =
        glyphs == Console.Glyphs.UNICODE ? Console.Kind.TERMINAL : Console.Kind.FILE;
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            kind,
            Console.Kind.FILE,
            glyphs,
            Console.Colour.OFF,
            100);
    int code = Main.run(console, environment, folder, arguments);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
