package io.admix.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs of one fuzz target, kept as text that a person can read: one input per line, a
 * backslash before {@code n}, {@code r}, {@code t}, {@code \} and {@code xNN}; lines that begin
 * with {@code #} say where the next input comes from.
 */
final class Corpus {
  private Corpus() {}

  static List<byte[]> read(String text) {
    return text.lines().filter(line -> !line.startsWith("#")).map(Corpus::decode).toList();
  }

  /** Every file of a folder as an input, short ones first. */
  static List<byte[]> inFolder(Path folder) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    inputs.sort((a, b) -> Integer.compare(a.length, b.length));
    return inputs;
  }

  static void intoFolder(List<byte[]> inputs, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(folder.resolve("input-" + i), inputs.get(i));
    }
  }

  static String encode(byte[] input) {
    StringBuilder line = new StringBuilder();
    for (byte b : input) {
      switch (b) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case '\\' -> line.append("\\\\");
        default -> {
          boolean isPlain = b >= 0x20 && b < 0x7F && (b != '#' || !line.isEmpty());
          line.append(isPlain ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xFF));
        }
      }
    }
    return line.toString();
  }

  static byte[] decode(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\\') {
        out.write(bytes[i]);
        continue;
      }
      switch (bytes[++i]) {
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case 'x' -> {
          out.write(Integer.parseInt(line, indexOf(line, i) + 1, indexOf(line, i) + 3, 16));
          i += 2;
        }
        default -> out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  /** Corpus lines are ASCII, so that bytes and characters have the same places. */
  private static int indexOf(String line, int at) {
    if (line.length() <= at) {
      throw new IllegalArgumentException("a corpus line holds more than ASCII: " + line);
    }
    return at;
  }
}
