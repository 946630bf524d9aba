package io.admix.cli;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says to PostgreSQL in one write, by a name that it has in every run: the beginnings
 * of its statements, without values; else the types of its messages.
 */
final class PostgresWords {
  /** The verb and what it is about, not how many rows, which depends on time. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?s)\\s*(\\w+(?:\\s+[\\w.\"]+){0,2}).*");

  private static final int HEAD = 5;

  private PostgresWords() {}

  static String nameOf(byte[] said) {
    ByteBuffer words = ByteBuffer.wrap(said);
    List<String> statements = new ArrayList<>();
    StringBuilder types = new StringBuilder();
    try {
      while (words.hasRemaining()) {
        message(words, statements, types);
      }
    } catch (BufferUnderflowException cut) {
      // The rest of a long one says nothing more of what it is.
    }
    return statements.isEmpty() ? types.toString() : String.join("; ", statements);
  }

  private static void message(ByteBuffer words, List<String> statements, StringBuilder types) {
    int begin = words.position();
    char type = (char) words.get();
    if (type == 0) {
      // A connection begins: only this message has no type.
      types.append("startup");
      words.position(words.limit());
      return;
    }
    int length = words.getInt();
    if (types.isEmpty() || types.charAt(types.length() - 1) != type) {
      types.append(type);
    }
    if (type == 'P') {
      text(words);
      statements.add(beginning(text(words)));
    } else if (type == 'Q') {
      statements.add(beginning(text(words)));
    }
    words.position(Math.min(words.limit(), Math.max(begin + HEAD, begin + 1 + length)));
  }

  private static String text(ByteBuffer words) {
    int begin = words.position();
    int end = begin;
    while (end < words.limit() && words.get(end) != 0) {
      end++;
    }
    words.position(Math.min(words.limit(), end + 1));
    return new String(words.array(), begin, end - begin, StandardCharsets.UTF_8);
  }

  private static String beginning(String statement) {
    Matcher matcher = BEGINNING.matcher(statement);
    return matcher.matches() ? matcher.group(1).replaceAll("\\s+", " ") : statement;
  }
}
