package io.admix.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where answers, messages and questions go, and what may be drawn there.
 *
 * @param out answers
 * @param err everything else
 * @param outKind and {@code errKind}: whether a person looks at it
 * @param glyphs which characters the terminal can draw
 * @param columns of the terminal on stderr
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Kind outKind,
    Kind errKind,
    Glyphs glyphs,
    Colour colour,
    int columns) {
  private static final int COLUMNS_DEFAULT = 100;

  /** Who reads a stream. */
  enum Kind {
    TERMINAL,
    FILE
  }

  /** Characters that may be drawn. */
  enum Glyphs {
    UNICODE,
    ASCII
  }

  /** Whether a terminal is coloured (https://no-color.org). */
  enum Colour {
    ON,
    OFF
  }

  /**
   * The process's own streams. Java cannot tell which of them is a terminal; the launcher can, and
   * says so in system properties.
   */
  static Console ofProcess(Map<String, String> environment) {
    boolean isColoured =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Console(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        kind("admix.stdout.terminal"),
        kind("admix.stderr.terminal"),
        Boolean.getBoolean("admix.utf8") ? Glyphs.UNICODE : Glyphs.ASCII,
        isColoured ? Colour.ON : Colour.OFF,
        Math.clamp(Integer.getInteger("admix.columns", COLUMNS_DEFAULT), 40, 400));
  }

  /** How answers are drawn: plain for files and pipes. */
  Style outStyle() {
    return style(outKind);
  }

  Style errStyle() {
    return style(errKind);
  }

  private Style style(Kind kind) {
    return kind == Kind.TERMINAL ? new Style(colour, glyphs) : Style.PLAIN;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static Kind kind(String property) {
    return Boolean.getBoolean(property) ? Kind.TERMINAL : Kind.FILE;
  }
}
