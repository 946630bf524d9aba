package io.admix.engine.dataset;

import io.admix.engine.RefusedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Streams a tags file. Every line is checked before anything is registered. */
final class TagsFile {
  /** Longest line; nothing that describes one file is longer. */
  static final int LINE_BYTES_MAX = 4 << 20;

  private static final int PROBLEMS_MAX = 20;

  private final Path file;
  private final TagLineParser parser;
  private final List<String> problems = new ArrayList<>();
  private long problemCount;
  private long number;

  TagsFile(Path file, TagLineParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Hands out every line.
   *
   * @return number of lines that describe a file
   * @throws RefusedException naming the first twenty lines that do not parse
   */
  long read(Partitions.TagSink sink, DatasetService.Progress progress)
      throws IOException, RefusedException {
    long lines = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean more = true;
      while (more) {
        line.reset();
        more = readLine(in, line);
        number++;
        if (describes(line, sink)) {
          lines++;
        }
        if (number % 10_000 == 0) {
          progress.at(DatasetService.Step.TAGS, number, -1);
        }
      }
    }
    refuseProblems();
    return lines;
  }

  private boolean describes(ByteArrayOutputStream line, Partitions.TagSink sink)
      throws IOException {
    try {
      if (line.size() > LINE_BYTES_MAX) {
        throw new TagLineException("is longer than 4 MiB");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      if (number == 1 && text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
      if (text.isBlank()) {
        return false;
      }
      sink.line(parser.parse(number, text));
      return true;
    } catch (TagLineException e) {
      problem(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      problem("is no UTF-8");
    }
    return false;
  }

  private void problem(String message) {
    problemCount++;
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(file + ":" + number + ": line " + number + " " + message + ".");
    }
  }

  private void refuseProblems() throws RefusedException {
    if (problemCount > PROBLEMS_MAX) {
      problems.add("… and " + (problemCount - PROBLEMS_MAX) + " more lines like these.");
    }
    if (problemCount > 0) {
      throw new RefusedException(problems);
    }
  }

  /**
   * Reads up to the line's end, keeping one byte more than a line may have; false at the end of the
   * file.
   */
  private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return true;
      }
      if (line.size() <= LINE_BYTES_MAX) {
        line.write(b);
      }
    }
    return false;
  }
}
