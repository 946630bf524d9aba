package io.admix.engine.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A file's bytes with one thing wrong, systematically. */
public record Damage(String what, byte[] bytes) {

  /** Every byte changed in four ways, every length, and what happens to whole lines. */
  public static Stream<Damage> of(byte[] whole) {
    return Stream.of(bytes(whole), cuts(whole), extensions(whole), lines(whole))
        .flatMap(damage -> damage)
        .filter(damage -> !Arrays.equals(damage.bytes, whole));
  }

  /** So many of them, spread evenly, the last one among them. */
  public static List<Damage> some(byte[] whole, int count) {
    List<Damage> all = of(whole).toList();
    int step = Math.max(1, all.size() / count);
    return IntStream.range(0, all.size())
        .filter(i -> (all.size() - 1 - i) % step == 0)
        .mapToObj(all::get)
        .toList();
  }

  private static Stream<Damage> bytes(byte[] whole) {
    return IntStream.range(0, whole.length)
        .boxed()
        .flatMap(at ->
            Stream.of(whole[at] ^ 1, whole[at] ^ 0x80, 0, (int) '9')
                .map(value -> {
                  byte[] changed = whole.clone();
                  changed[at] = value.byteValue();
                  return new Damage("byte %d is %d".formatted(at, value), changed);
                }));
  }

  private static Stream<Damage> cuts(byte[] whole) {
    return IntStream.range(0, whole.length)
        .mapToObj(length -> new Damage("cut to " + length, Arrays.copyOf(whole, length)));
  }

  private static Stream<Damage> extensions(byte[] whole) {
    int lastLine = whole.length - 1;
    while (lastLine > 0 && whole[lastLine - 1] != '\n') {
      lastLine--;
    }
    byte[] last = Arrays.copyOfRange(whole, lastLine, whole.length);
    return Stream.of(
        new Damage("a line feed more", joined(whole, bytes("\n"))),
        new Damage("a space more", joined(whole, bytes(" "))),
        new Damage("a zero byte more", joined(whole, new byte[1])),
        new Damage("its last line twice", joined(whole, last)),
        new Damage("the whole twice", joined(whole, whole)),
        new Damage("a byte order mark before", joined(bytes("\uFEFF"), whole)),
        new Damage("a line feed before", joined(bytes("\n"), whole)),
        new Damage(
            "line ends of Windows",
            bytes(new String(whole, StandardCharsets.UTF_8).replace("\n", "\r\n"))));
  }

  private static Stream<Damage> lines(byte[] whole) {
    List<String> lines = new String(whole, StandardCharsets.UTF_8).lines().toList();
    List<Damage> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> removed = new ArrayList<>(lines);
      removed.remove(i);
      all.add(new Damage("line " + i + " removed", text(removed)));
      List<String> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      all.add(new Damage("line " + i + " twice", text(doubled)));
      for (int j = i + 1; j < lines.size(); j++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        all.add(new Damage("lines " + i + " and " + j + " swapped", text(swapped)));
      }
    }
    return all.stream();
  }

  private static byte[] text(List<String> lines) {
    return bytes(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(a);
    out.writeBytes(b);
    return out.toByteArray();
  }
}
